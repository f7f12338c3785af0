package dev.longhaul.scheduler.night;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lines on a terminal that are replaced in place, one per running piece of work, below
 * lines that stay. Output and progress may be two streams to one terminal, so both go
 * through here.
 */
final class LiveLines {

	private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

	private final PrintStream out;

	private final PrintStream err;

	private final Visibility visibility;

	private final Map<String, String> live = new LinkedHashMap<>();

	private int drawn;

	LiveLines(PrintStream out, PrintStream err, Visibility visibility) {
		this.out = out;
		this.err = err;
		this.visibility = visibility;
	}

	/** Whether live lines are drawn at all. */
	enum Visibility {

		/** Standard error is a terminal. */
		DRAWN,

		HIDDEN

	}

	/** Prints a line that stays on standard output. */
	synchronized void print(String line) {
		clear();
		out.println(line);
		out.flush();
		draw();
	}

	/** Prints a line that stays on standard error. */
	synchronized void note(String line) {
		clear();
		err.println(line);
		draw();
	}

	/** Shows or replaces a live line. */
	synchronized void show(String key, String line) {
		if (!line.equals(live.put(key, line))) {
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
		if (visibility == Visibility.DRAWN) {
			live.values().forEach(err::println);
			err.flush();
			drawn = live.size();
		}
	}

}
