package dev.longhaul.cli.render;

/**
 * One thing that was looked at when a recovery kit was tried.
 *
 * @param subject what was looked at
 * @param reason what was found, without any secret
 */
public record KitFinding(Answer answer, String subject, String reason) {

	/** With the shapes that every report has. */
	public enum Answer {

		HOLDS("●"), FAILS("✕"), UNKNOWN("◌");

		private final String shape;

		Answer(String shape) {
			this.shape = shape;
		}

		String shape() {
			return shape;
		}

	}

}
