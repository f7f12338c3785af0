package dev.longhaul.scheduler.ledger;

import dev.longhaul.core.volume.ByteSize;

/**
 * How much of what lies in a place was read back within a span of time.
 *
 * @param place its name
 * @param scope what is known to lie there
 * @param stored all of it
 * @param proven what was read last within the span, and was right
 * @param refuted what was read last within the span, and was damaged
 */
public record Coverage(String place, Scope scope, Amount stored, Amount proven, Amount refuted) {

	/** What is known to lie in a place. */
	public enum Scope {

		/** Every restore point that is recorded: the target of the nights. */
		EVERYTHING,

		/** A mirror says which of each application is the newest it has, and no more. */
		NEWEST_OF_EACH

	}

	/**
	 * @param size blocks times block size of each volume, shared blocks counted each time
	 */
	public record Amount(long points, ByteSize size) {
	}

	/** Of the bytes, what was read back, from 0 to 1; 1 of nothing. */
	public double share() {
		double all = stored.size().bytes();
		return (all > 0) ? (proven.size().bytes() + (double) refuted.size().bytes()) / all : 1;
	}

}
