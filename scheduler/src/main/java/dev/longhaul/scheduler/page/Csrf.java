package dev.longhaul.scheduler.page;

/**
 * The field every form carries, so that no other site's form is taken for one of ours.
 *
 * @param field its name
 */
public record Csrf(String field, String token) {

	@Override
	public String toString() {
		return "Csrf[field=%s, token=(hidden)]".formatted(field);
	}

}
