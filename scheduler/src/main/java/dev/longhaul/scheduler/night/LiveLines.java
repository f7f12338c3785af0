package dev.longhaul.scheduler.night;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.longhaul.core.text.Printable;

/**
 * Lines on a terminal that are replaced in place, one per running piece of work, below
 * lines that stay. Output and progress may be two streams to one terminal, so both go
 * through here, and nothing gets past that could take a terminal over: messages come out
 * of clusters and buckets that others write to.
 */
final class LiveLines {

	private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

	private final PrintStream out;

	private final PrintStream err;

	private final int columns;

	private final Map<String, String> live = new LinkedHashMap<>();

	private int drawn;

	/**
	 * @param columns of the terminal that standard error is; 0 if it is none, and nothing
	 * is drawn
	 */
	LiveLines(PrintStream out, PrintStream err, int columns) {
		this.out = out;
		this.err = err;
		this.columns = columns;
	}

	/** Prints a line that stays on standard output. */
	synchronized void print(String line) {
		clear();
		out.println(Printable.of(line));
		out.flush();
		draw();
	}

	/** Prints a line that stays on standard error. */
	synchronized void note(String line) {
		clear();
		err.println(Printable.of(line));
		draw();
	}

	/** Shows or replaces a live line. */
	synchronized void show(String key, String line) {
		String shown = Printable.of(line);
		if (!shown.equals(live.put(key, shown))) {
			clear();
			draw();
		}
	}

	/** Hides the live lines of a key, and of those below it: {@code key/…}. */
	synchronized void hide(String key) {
		if (live.keySet().removeIf(shown -> shown.equals(key) || shown.startsWith(key + "/"))) {
			clear();
			draw();
		}
	}

	synchronized void hideAll() {
		clear();
		live.clear();
	}

	private void clear() {
		if (drawn > 0) {
			err.print(UP_AND_CLEAR.repeat(drawn));
			err.flush();
			drawn = 0;
		}
	}

	private void draw() {
		if (columns > 0) {
			live.values().forEach(line -> err.println(fitting(line)));
			err.flush();
			drawn = live.size();
		}
	}

	/** A line that wraps could not be taken back. */
	private String fitting(String line) {
		return (line.length() < columns) ? line : line.substring(0, Math.max(0, columns - 2)) + "…";
	}

}
