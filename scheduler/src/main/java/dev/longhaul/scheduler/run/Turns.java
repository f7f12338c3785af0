package dev.longhaul.scheduler.run;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;

/**
 * Lets runs that would be in each other's way take turns, while all others go on side by
 * side.
 * <p>
 * Two nights take turns where they share an application: two backups of a volume at once
 * compute their difference to the same last backup, and retention would be planned twice
 * over the same restore points. Two mirrors take turns where they write to the same
 * target. Two drills take turns: the next removes what the one before has left.
 * Verifications are in nobody's way: they only read, and find out for themselves what is
 * deleted meanwhile. A mirror and a night go side by side: a mirror that reads what is
 * deleted waits, as it does for Longhorn's own deletions. The quiet window of an
 * application is one in the whole cluster anyway, and has its record there.
 */
public final class Turns {

	private static final Duration LOOK = Duration.ofSeconds(1);

	/** A night is bounded by a day; a mirror may take longer. */
	private static final Duration LONGEST = Duration.ofDays(3);

	private final Map<String, RunId> taken = new HashMap<>();

	private final Clock clock;

	public Turns(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Does something as soon as nobody else has any of these things.
	 * @param things what the run must have alone, for people
	 * @param pause ends early when the run is told to stop
	 * @param waiting is told once, if it has to wait
	 * @throws Interruption if the run is told to stop before its turn has come
	 */
	public <T> T during(RunId run, Set<String> things, Pause pause, Consumer<String> waiting, Supplier<T> work) {
		Optional<String> other = takeNow(run, things);
		if (other.isPresent()) {
			waiting.accept(other.get());
			await(run, things, pause);
		}
		try {
			return work.get();
		}
		finally {
			giveBack(run);
		}
	}

	private void await(RunId run, Set<String> things, Pause pause) {
		boolean has = new Patience(LOOK, LONGEST)
			.await(clock, pause, "its turn", () -> Optional.of(takeNow(run, things).isEmpty()).filter(taken -> taken))
			.isPresent();
		if (!has) {
			throw new RefusedRequest(FailureCode.TIMED_OUT,
					"%d hours were not enough for others to be over".formatted(LONGEST.toHours()),
					"look at the runs that are under way, and cancel what hangs");
		}
	}

	/**
	 * All or nothing, so that no two runs wait for each other.
	 * @return who has what, for people; empty if the run has it all now
	 */
	private synchronized Optional<String> takeNow(RunId run, Set<String> things) {
		for (String thing : new TreeSet<>(things)) {
			RunId other = taken.get(thing);
			if (other != null) {
				return Optional.of("waits for run %s, which has %s".formatted(other, thing));
			}
		}
		things.forEach(thing -> taken.put(thing, run));
		return Optional.empty();
	}

	private synchronized void giveBack(RunId run) {
		taken.values().removeIf(run::equals);
	}

}
