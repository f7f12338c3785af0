package dev.longhaul.core.retention;

/**
 * The standing word, committed to Git, that nights carry retention out, and how far it
 * goes: what would remove more is a mistake until a person has looked at it. A policy was
 * changed, or a clock is wrong.
 *
 * @param restorePoints of one application in one night
 */
public record NightlyLimit(int restorePoints) {

	/** Nobody has that many to lose at once and means it. */
	public static final int MAX = 1000;

	public NightlyLimit {
		if (restorePoints < 1 || restorePoints > MAX) {
			throw new IllegalArgumentException(
					"a night removes 1 to %d restore points of an application, not %d".formatted(MAX, restorePoints));
		}
	}

}
