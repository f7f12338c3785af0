package dev.longhaul.scheduler.run;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Runs, newest first.
 *
 * @param next before which the next page begins; null if this is the last one
 */
public record RunPage(List<RunRecord> runs, @Nullable RunId next) {

	public RunPage {
		runs = List.copyOf(runs);
	}

}
