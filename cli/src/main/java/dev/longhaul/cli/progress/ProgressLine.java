package dev.longhaul.cli.progress;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicLong;

import dev.longhaul.cli.terminal.Surroundings;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * A line on the terminal that is replaced in place as work goes on, and is gone when the
 * work is done. May be told of progress by many threads.
 */
final class ProgressLine implements AutoCloseable {

	private static final int REDRAW_MILLIS = 100;

	/** Where the terminal does not say. */
	private static final int USUAL_WIDTH = 80;

	private final AtomicLong bytes = new AtomicLong();

	private final ProgressBar bar;

	private ProgressLine(PrintWriter errors, ProgressText text, int width) {
		this.bar = new ProgressBarBuilder().setInitialMax(0)
			.setUpdateIntervalMillis(REDRAW_MILLIS)
			.continuousUpdate()
			.clearDisplayOnFinish()
			.setConsumer(new Line(errors, width))
			.setRenderer((state, columns) -> text.of(state.getCurrent(), state.getMax(), bytes.get(),
					state.getTotalElapsed()))
			.build();
	}

	static ProgressLine open(Surroundings surroundings, String label) {
		int width = (surroundings.terminal().width() > 0) ? surroundings.terminal().width() : USUAL_WIDTH;
		// A line that fills the last column makes some terminals go on to the next.
		return new ProgressLine(surroundings.errors(), new ProgressText(label, width - 1), width);
	}

	/** More blocks are going to be worked on than were announced before. */
	void expect(long blocks) {
		bar.maxHint(bar.getMax() + blocks);
	}

	void blockDone(long storedBytes) {
		bytes.addAndGet(storedBytes);
		bar.step();
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
