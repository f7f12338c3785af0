package dev.longhaul.core.retention;

/**
 * A person's word that a restore point stays.
 *
 * @param reason such as {@code before the upgrade to 31}
 */
public record Pin(String reason) {

	public Pin {
		if (reason.isBlank()) {
			throw new IllegalArgumentException("a pin needs a reason: whoever finds it will ask");
		}
	}

}
