package dev.longhaul.core.profile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;

/**
 * One thing done to make an application quiet, together with what undoes it.
 */
public sealed interface QuietStep {

	/** For people, in a few words: {@code maintenance mode}. */
	String what();

	/** Why it is done; a sentence, empty if nobody said. */
	String why();

	/** Where, for people. */
	String where();

	/** For each of its commands, and for what it waits for. */
	Duration timeout();

	/**
	 * What undoes it once it is done, if anything has to.
	 * @param pods how many the workload of the step had before; of no meaning for a step
	 * that does not scale
	 */
	Optional<Release> release(int pods);

	/**
	 * Commands before and after the snapshots.
	 *
	 * @param before makes it quiet
	 * @param after undoes it, and does no harm if there is nothing to undo; empty if
	 * nothing has to be undone
	 * @param unless exit code 0 says that it is quiet and 1 that it is not; if it was
	 * quiet before, neither of the others is run. Asked again at the end, where it has to
	 * be 0. Empty if nobody can say
	 */
	record Run(String what, String why, Place place, List<String> before, List<String> after, List<String> unless,
			Duration timeout) implements QuietStep {

		public Run {
			before = List.copyOf(before);
			after = List.copyOf(after);
			unless = List.copyOf(unless);
			requirePlausible(timeout);
			if (before.isEmpty()) {
				throw new IllegalArgumentException("a step without a command before the snapshots does nothing");
			}
		}

		@Override
		public String where() {
			return place.toString();
		}

		@Override
		public Optional<Release> release(int pods) {
			return after.isEmpty() ? Optional.empty() : Optional.of(new Release.RunAfter(what, place, after, timeout));
		}

	}

	/**
	 * A command that keeps it quiet as long as it runs: it prints the line {@link #HELD}
	 * once it is, and again for every line it is given, as long as that is still so. It
	 * ends, and undoes what it did, when its input ends, and by itself after the limit of
	 * the window: nobody may be left to end it.
	 *
	 * @param after undoes it even if the command was killed, and does no harm otherwise;
	 * empty if what it held cannot outlive it
	 */
	record Hold(String what, String why, Place place, List<String> command, List<String> after,
			Duration timeout) implements QuietStep {

		/** What the command says. */
		public static final String HELD = "longhaul: held";

		public Hold {
			command = List.copyOf(command);
			after = List.copyOf(after);
			requirePlausible(timeout);
			if (command.isEmpty()) {
				throw new IllegalArgumentException("a step without a command holds nothing");
			}
		}

		@Override
		public String where() {
			return place.toString();
		}

		@Override
		public Optional<Release> release(int pods) {
			return after.isEmpty() ? Optional.empty() : Optional.of(new Release.RunAfter(what, place, after, timeout));
		}

	}

	/** All pods of a workload end, and come back afterwards, as many as there were. */
	record ScaleToZero(String what, String why, Workload workload, Duration timeout) implements QuietStep {

		public ScaleToZero {
			requirePlausible(timeout);
		}

		@Override
		public String where() {
			return workload.toString();
		}

		@Override
		public Optional<Release> release(int pods) {
			return (pods > 0) ? Optional.of(new Release.ScaleBack(workload, pods, timeout)) : Optional.empty();
		}

	}

	private static void requirePlausible(Duration timeout) {
		if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(QuietPlan.LONGEST) > 0) {
			throw new IllegalArgumentException("a step may take up to an hour, not " + timeout);
		}
	}

}
