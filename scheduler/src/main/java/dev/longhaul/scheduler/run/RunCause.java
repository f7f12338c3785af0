package dev.longhaul.scheduler.run;

import dev.longhaul.core.run.JobName;
import org.jspecify.annotations.Nullable;

/**
 * Why a run begins.
 */
public sealed interface RunCause {

	/** Its schedule says so. */
	record ByTheClock() implements RunCause {
	}

	/** It could not begin when it was due, and its misfire policy makes up for that. */
	record CaughtUp() implements RunCause {
	}

	/** Another job has ended. */
	record After(JobName job) implements RunCause {
	}

	/**
	 * Somebody wants it now.
	 *
	 * @param who for people; never a secret
	 */
	record ByHand(String who) implements RunCause {

		/** Of a name. */
		public static final int LONGEST = 200;

		public ByHand {
			if (who.isBlank() || who.length() > LONGEST) {
				throw new IllegalArgumentException(
						"who starts a run is named in 1 to %d characters".formatted(LONGEST));
			}
		}

	}

	/** An earlier attempt was interrupted, and this one goes on from there. */
	record Recovered() implements RunCause {
	}

	/** As it is kept and shown. */
	default String word() {
		if (this instanceof ByTheClock) {
			return "clock";
		}
		if (this instanceof CaughtUp) {
			return "caught-up";
		}
		if (this instanceof After) {
			return "after";
		}
		return (this instanceof ByHand) ? "by-hand" : "recovered";
	}

	/** The job or the person; null for other causes. */
	default @Nullable String by() {
		if (this instanceof After after) {
			return after.job().value();
		}
		return (this instanceof ByHand hand) ? hand.who() : null;
	}

	/**
	 * The cause of a {@link #word} and a {@link #by}.
	 * @throws IllegalArgumentException if there is none
	 */
	static RunCause of(String word, @Nullable String by) {
		return switch (word) {
			case "clock" -> new ByTheClock();
			case "caught-up" -> new CaughtUp();
			case "recovered" -> new Recovered();
			case "after" -> new After(new JobName(String.valueOf(by)));
			case "by-hand" -> new ByHand(String.valueOf(by));
			default -> throw new IllegalArgumentException("'%s' is no cause of a run".formatted(word));
		};
	}

}
