package dev.longhaul.scheduler.page.picture;

import java.time.Duration;

import dev.longhaul.core.text.Spans;

/**
 * A small bar: how much of something is used up or done.
 */
public final class Meter {

	private static final int CELLS = 8;

	private static final int WIDTH = 200;

	private Meter() {
	}

	/**
	 * An age against the age it may have: full cells up to the goal, and another look
	 * beyond it.
	 */
	public static Picture ofAge(Duration age, Duration goal) {
		double share = goal.isZero() ? 1 : Math.max(0, (double) age.toSeconds() / (double) goal.toSeconds());
		boolean over = age.compareTo(goal) > 0;
		int full = (int) Math.min(CELLS, Math.ceil(share * CELLS));
		Svg svg = Svg.image(over ? "cells over" : "cells", CELLS * 8, 12, over ? "Over its goal" : "Within its goal",
				"%s of %s".formatted(Spans.coarse(age), Spans.coarse(goal)));
		for (int cell = 0; cell < CELLS; cell++) {
			svg.rect((cell < full) ? "full" : "free", cell * 8 + 1.0, 1, 6, 10);
		}
		return svg.picture();
	}

	/**
	 * What is done of a whole.
	 * @param title what it is that is done
	 * @param total nothing is known of it if 0
	 */
	public static Picture ofProgress(String title, long done, long total) {
		double share = (total > 0) ? Math.max(0, Math.min(1, (double) done / (double) total)) : 0;
		return Svg.stretching("bar", WIDTH, 10, title, Ring.percent(share))
			.rect("track", 0, 0, WIDTH, 10)
			.rect("share", 0, 0, share * WIDTH, 10)
			.picture();
	}

}
