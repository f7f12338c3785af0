package dev.longhaul.batch.backup;

import dev.longhaul.backupstore.object.StoreFacts;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Place;
import org.jspecify.annotations.Nullable;

/**
 * A target as a place of copies, by what it says about itself.
 */
public final class StoredPlaces {

	private StoredPlaces() {
	}

	/**
	 * @param site as declared in the configuration; null if nobody said
	 */
	public static Place of(String name, String medium, @Nullable String site, StoreFacts facts) {
		Answer immutable = switch (facts.objectLock()) {
			case LOCKED -> Answer.HOLDS;
			case UNLOCKED -> Answer.FAILS;
			case UNKNOWN -> Answer.UNKNOWN;
		};
		return new Place(name, medium, site, immutable, facts.objectLockEvidence());
	}

}
