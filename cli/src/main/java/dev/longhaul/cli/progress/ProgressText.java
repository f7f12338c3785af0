package dev.longhaul.cli.progress;

import java.time.Duration;

import dev.longhaul.core.text.Progress;
import dev.longhaul.core.text.Spans;
import dev.longhaul.core.volume.ByteSize;

/**
 * The line that shows how far something is:
 * {@code nextcloud  ███████████████░░░░░  74%  311 of 420 blocks  96 MiB/s  1 s left}.
 *
 * @param label what is worked on
 * @param width the line is never longer
 */
record ProgressText(String label, int width) {

	private static final int LEAST_LABEL = 8;

	String of(long done, long total, long bytes, Duration elapsed) {
		return line(new Progress(0, done, total, elapsed),
				"%d of %d blocks  %s".formatted(done, total, new ByteSize(bytes)), Spans.rate(bytes, elapsed));
	}

	/** Of something that is read from its beginning to its end. */
	String ofBytes(long done, long total, Duration elapsed) {
		return line(new Progress(0, done, total, elapsed),
				"%s of %s".formatted(new ByteSize(done), new ByteSize(total)), Spans.rate(done, elapsed));
	}

	private String line(Progress progress, String amount, String rate) {
		String facts = String.join("  ", progress.bar(), amount, rate, progress.left()).stripTrailing();
		int room = width - facts.length() - 2;
		if (room < LEAST_LABEL) {
			return facts.substring(0, Math.min(facts.length(), width));
		}
		return abbreviated(room) + "  " + facts;
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
