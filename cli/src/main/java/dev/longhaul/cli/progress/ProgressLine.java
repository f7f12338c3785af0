package dev.longhaul.cli.progress;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicLong;

import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.volume.ByteSize;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarRenderer;

/**
 * A line on the terminal that is replaced in place as work goes on, and is gone when the
 * work is done. May be told of progress by many threads.
 */
final class ProgressLine implements AutoCloseable {

	private static final int REDRAW_MILLIS = 100;

	/** Where the terminal does not say. */
	private static final int USUAL_WIDTH = 80;

	private final AtomicLong bytes;

	private final ProgressBar bar;

	private ProgressLine(Surroundings surroundings, long total, AtomicLong bytes, ProgressBarRenderer renderer) {
		this.bytes = bytes;
		this.bar = new ProgressBarBuilder().setInitialMax(total)
			.setUpdateIntervalMillis(REDRAW_MILLIS)
			.continuousUpdate()
			.clearDisplayOnFinish()
			.setConsumer(new Line(surroundings.errors(), width(surroundings)))
			.setRenderer(renderer)
			.build();
	}

	/** Of work that is counted in blocks. */
	static ProgressLine open(Surroundings surroundings, String label) {
		ProgressText text = text(surroundings, label);
		AtomicLong bytes = new AtomicLong();
		return new ProgressLine(surroundings, 0, bytes,
				(state, columns) -> text.of(state.getCurrent(), state.getMax(), bytes.get(), state.getTotalElapsed()));
	}

	/** Of an object that is read from its beginning to its end. */
	static ProgressLine ofBytes(Surroundings surroundings, String label, ByteSize total) {
		ProgressText text = text(surroundings, label);
		return new ProgressLine(surroundings, total.bytes(), new AtomicLong(),
				(state, columns) -> text.ofBytes(state.getCurrent(), state.getMax(), state.getTotalElapsed()));
	}

	/** A line that fills the last column makes some terminals go on to the next. */
	private static ProgressText text(Surroundings surroundings, String label) {
		return new ProgressText(label, width(surroundings) - 1);
	}

	private static int width(Surroundings surroundings) {
		return (surroundings.terminal().width() > 0) ? surroundings.terminal().width() : USUAL_WIDTH;
	}

	/** More blocks are going to be worked on than were announced before. */
	void expect(long blocks) {
		bar.maxHint(bar.getMax() + blocks);
	}

	void blockDone(long storedBytes) {
		bytes.addAndGet(storedBytes);
		bar.step();
	}

	/** How far it is: back at 0 if it has to begin anew. */
	void bytesDone(long soFar) {
		bar.stepTo(soFar);
	}

	/** Removes the line. */
	@Override
	public void close() {
		bar.close();
	}

	/** Writes over the line that is there. */
	private record Line(PrintWriter errors, int width) implements ProgressBarConsumer {

		private static final String ERASE = "\r\u001B[K";

		@Override
		public int getMaxRenderedLength() {
			return width;
		}

		@Override
		public void accept(String line) {
			errors.print(ERASE + line);
			errors.flush();
		}

		@Override
		public void clear() {
			errors.print(ERASE);
			errors.flush();
		}

		@Override
		public void close() {
			errors.flush();
		}

	}

}
