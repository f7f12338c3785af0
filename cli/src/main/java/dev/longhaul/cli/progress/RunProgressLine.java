package dev.longhaul.cli.progress;

import java.time.Duration;

import dev.longhaul.cli.server.Fields;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.text.Progress;

/**
 * What moves in a run on a server, in a line that is replaced in place; nothing where
 * nobody looks.
 */
public final class RunProgressLine {

	private static final String ERASE = "\r\u001B[K";

	private final Surroundings surroundings;

	private boolean isDrawn;

	public RunProgressLine(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	/**
	 * @param progressed how far a piece of work is
	 */
	public void show(Fields progressed) {
		int width = surroundings.terminal().width();
		if (!surroundings.terminal().errors() || width == 0) {
			return;
		}
		String line = line(progressed);
		surroundings.errors().print(ERASE + line.substring(0, Math.min(line.length(), width - 1)));
		surroundings.errors().flush();
		isDrawn = true;
	}

	private static String line(Fields progressed) {
		long done = progressed.number("done");
		long of = progressed.number("of");
		String unit = progressed.text("unit");
		String amount = unit.equals("%") ? "" : "  %d%s %s".formatted(done, (of > 0) ? " of " + of : "", unit);
		return Printable.of("%s  %s%s%s".formatted(progressed.text("subject"), progressed.text("work"),
				(of > 0) ? "  " + new Progress(0, done, of, Duration.ZERO).bar() : "", amount));
	}

	/** Makes room for a line that stays. */
	public void clear() {
		if (isDrawn) {
			surroundings.errors().print(ERASE);
			surroundings.errors().flush();
			isDrawn = false;
		}
	}

}
