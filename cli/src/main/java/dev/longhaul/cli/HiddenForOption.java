package dev.longhaul.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.core.retention.Span;
import picocli.CommandLine.Option;

/**
 * For how long what was hidden stays at least.
 */
final class HiddenForOption {

	@Option(names = "--hidden-for", paramLabel = "SPAN", defaultValue = "14d",
			description = "What was hidden less than this long ago stays, as a way back: 14d, 2w, 6m. Counted in whole "
					+ "days of UTC. Default: ${DEFAULT-VALUE}.")
	private Span span = Span.parse("14d");

	/**
	 * The same all day long, so that a plan can be approved on the day it was made. Of
	 * the clocks here and in the store the one that is behind counts: fewer versions go
	 * by it.
	 */
	Instant before(ObjectStore store, Instant now) {
		Instant there = store.examine().serverTime();
		Instant earlier = (there != null && there.isBefore(now)) ? there : now;
		return span.before(earlier, ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
	}

}
