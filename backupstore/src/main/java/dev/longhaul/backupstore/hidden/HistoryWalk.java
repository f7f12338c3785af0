package dev.longhaul.backupstore.hidden;

import java.time.Instant;
import java.util.Iterator;

import dev.longhaul.backupstore.object.ObjectVersion;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;

/**
 * Goes through versions as a listing has them, and says of every hidden one what becomes
 * of it. Holds one version, however many there are under a key.
 */
final class HistoryWalk {

	private final Instant hiddenBefore;

	private final Taker taker;

	private @Nullable ObjectVersion newest;

	/** The one listed last under the same key: it hides the next. */
	private @Nullable ObjectVersion newer;

	private boolean somethingStays;

	HistoryWalk(Instant hiddenBefore, Taker taker) {
		this.hiddenBefore = hiddenBefore;
		this.taker = taker;
	}

	/** Is told of the hidden versions in the order of the listing. */
	interface Taker {

		/**
		 * @param newer hides it; itself for the mark of a key that has nothing else left,
		 * which comes after all others of its key
		 */
		void take(ObjectVersion hidden, ObjectVersion newer, HiddenReason reason);

		/** Whether it wants no more. */
		default boolean isDone() {
			return false;
		}

		/** A listing has come to its end, and the next begins elsewhere. */
		default void endOfListing() {
		}

	}

	void over(Iterator<ObjectVersion> versions, VersionRule rule) {
		while (!taker.isDone() && versions.hasNext()) {
			ObjectVersion version = versions.next();
			if (newest == null || !version.key().equals(newest.key())) {
				finishKey();
				begin(version);
			}
			else if (newer != null) {
				HiddenReason reason = judge(version, newest, newer, rule);
				somethingStays |= !reason.goes();
				taker.take(version, newer, reason);
				newer = version;
			}
		}
		finishKey();
		newest = null;
		taker.endOfListing();
	}

	/** What is present is known by it, so it may not be missing. */
	private void begin(ObjectVersion version) {
		if (!version.current()) {
			throw new RefusedRequest(FailureCode.TARGET_MISBEHAVED,
					"the store lists versions of '%s', and none of them is the current one".formatted(version.key()),
					"check that the endpoint is the S3 endpoint of the store and that no proxy answers for it");
		}
		newest = version;
		newer = version;
		somethingStays = false;
	}

	/** Without its mark, what is left under a key would be present again. */
	private void finishKey() {
		ObjectVersion mark = newest;
		if (mark != null && mark.isMark() && !somethingStays && !taker.isDone() && mark.id().isLasting()
				&& mark.lastModified().isBefore(hiddenBefore)) {
			taker.take(mark, mark, HiddenReason.MARK);
		}
	}

	private HiddenReason judge(ObjectVersion hidden, ObjectVersion first, ObjectVersion newerOne, VersionRule rule) {
		HiddenReason reason = hidden.isMark() ? HiddenReason.MARK : rule.judge(hidden, first);
		if (!reason.goes()) {
			return reason;
		}
		if (!hidden.id().isLasting()) {
			return HiddenReason.WITHOUT_ID;
		}
		return hiddenAt(hidden, newerOne).isBefore(hiddenBefore) ? reason : HiddenReason.RECENT;
	}

	/** Clocks of stores have gone backwards; the later counts. */
	static Instant hiddenAt(ObjectVersion hidden, ObjectVersion newer) {
		return newer.lastModified().isAfter(hidden.lastModified()) ? newer.lastModified() : hidden.lastModified();
	}

}
