package dev.longhaul.scheduler.page.run;

import dev.longhaul.core.text.Progress;
import dev.longhaul.core.text.Spans;
import dev.longhaul.core.volume.ByteSize;

/**
 * How far a run is with one volume, or with an application.
 *
 * @param volume empty if it is the application as a whole
 * @param work what is being done, such as {@code upload}
 * @param unit what it is counted in: {@code %}, or {@code blocks}
 * @param moved by it so far; zero if nobody knows
 * @param movedBefore what was moved when it was first looked at
 */
public record VolumeProgress(String application, String volume, String work, Progress progress, String unit,
		ByteSize moved, ByteSize movedBefore) {

	/** For who cannot see the bar. */
	public String title() {
		return "%s of %s".formatted(work, volume.isEmpty() ? application : volume);
	}

	/** {@code 74 %}, {@code 41 of 66 blocks, 12 MiB}. */
	public String amount() {
		String amount = unit.equals("%") ? progress.done() + " %" : progress.done() + whole() + " " + unit;
		return (moved.bytes() > 0) ? amount + ", " + moved : amount;
	}

	private String whole() {
		return (progress.total() > 0) ? " of " + progress.total() : "";
	}

	/** {@code 96 MiB/s}. */
	public String rate() {
		return Spans.rate(moved.bytes() - movedBefore.bytes(), progress.watched());
	}

	/** {@code 3 min 20 s left}; empty where nobody can say. */
	public String left() {
		return progress.left();
	}

}
