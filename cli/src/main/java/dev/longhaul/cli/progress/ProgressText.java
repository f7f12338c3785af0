package dev.longhaul.cli.progress;

import java.time.Duration;
import java.util.Locale;

import dev.longhaul.cli.render.Spans;
import dev.longhaul.core.volume.ByteSize;

/**
 * The line that shows how far something is:
 * {@code nextcloud  ███████████████░░░░░  74%  311 of 420 blocks  96 MiB/s  1 s left}.
 *
 * @param label what is worked on
 * @param width the line is never longer
 */
record ProgressText(String label, int width) {

	private static final int BAR = 20;

	private static final int LEAST_LABEL = 8;

	String of(long done, long total, long bytes, Duration elapsed) {
		double share = (total > 0) ? Math.min(1, (double) done / total) : 0;
		int full = (int) (share * BAR);
		String bar = "█".repeat(full) + "░".repeat(BAR - full);
		String facts = String.format(Locale.ROOT, "%s  %3d%%  %d of %d blocks  %s  %s%s", bar, (int) (share * 100),
				done, total, new ByteSize(bytes), Spans.rate(bytes, elapsed), left(done, total, elapsed));
		int room = width - facts.length() - 2;
		if (room < LEAST_LABEL) {
			return facts.substring(0, Math.min(facts.length(), width));
		}
		return abbreviated(room) + "  " + facts;
	}

	private static String left(long done, long total, Duration elapsed) {
		if (done == 0 || done >= total) {
			return "";
		}
		long seconds = (long) Math.ceil(elapsed.toMillis() / 1000.0 / done * (total - done));
		return "  " + Spans.coarse(Duration.ofSeconds(seconds)) + " left";
	}

	/** Both ends of a name tell more than its middle. */
	private String abbreviated(int room) {
		if (label.length() <= room) {
			return label;
		}
		int head = (room - 1) / 2;
		return label.substring(0, head) + "…" + label.substring(label.length() - (room - 1 - head));
	}

}
