package dev.longhaul.core.text;

import java.time.Duration;
import java.util.Locale;

/**
 * How far a piece of work is, as a live line shows it.
 *
 * @param before what was done already when it was first looked at, and so says nothing
 * about its pace
 * @param done of the total, in whatever the work is counted in
 * @param total not known yet if 0
 * @param watched since it was first looked at
 */
public record Progress(long before, long done, long total, Duration watched) {

	private static final int BAR = 20;

	/** {@code ███████████████░░░░░   74%}, always as wide. */
	public String bar() {
		double share = (total > 0) ? Math.max(0, Math.min(1, (double) done / total)) : 0;
		int full = (int) (share * BAR);
		return "█".repeat(full) + "░".repeat(BAR - full) + String.format(Locale.ROOT, "  %3d%%", (int) (share * 100));
	}

	/**
	 * {@code 3 min 20 s left}, if it goes on at its pace so far; empty where there is
	 * none yet, and at the end.
	 */
	public String left() {
		long moved = done - before;
		if (moved <= 0 || done >= total || watched.isZero()) {
			return "";
		}
		long seconds = (long) Math.ceil(watched.toMillis() / 1000.0 / moved * (total - done));
		return Spans.coarse(Duration.ofSeconds(seconds)) + " left";
	}

}
