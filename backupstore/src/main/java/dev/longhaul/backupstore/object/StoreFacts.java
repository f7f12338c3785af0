package dev.longhaul.backupstore.object;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a store says about itself when asked before a run.
 *
 * @param serverTime its clock at the moment of the answer, to the second; null if it has
 * none of its own
 * @param objectLock whether objects can be kept from being overwritten or deleted
 * @param objectLockEvidence where the answer comes from, for a reader of the verdict
 */
public record StoreFacts(@Nullable Instant serverTime, ObjectLock objectLock, String objectLockEvidence) {

	/** Three answers, because a store that does not say has not said no. */
	public enum ObjectLock {

		/** New objects are locked by a default retention. */
		LOCKED,

		/** Objects are not locked by default. */
		UNLOCKED,

		/** The store could not or would not say. */
		UNKNOWN

	}

}
