package dev.longhaul.backupstore.object;

import java.util.Collection;
import java.util.List;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * A store that may keep what was replaced or deleted, as every bucket of Backblaze B2
 * does: putting hides the version before, and deleting by key alone adds a mark.
 */
public interface VersionedStore extends ObjectStore {

	/**
	 * @throws RefusedRequest if it is a store that never keeps versions
	 */
	static VersionedStore of(ObjectStore store) {
		if (store instanceof VersionedStore versioned) {
			return versioned;
		}
		throw new RefusedRequest(FailureCode.INVALID_USAGE,
				"%s keeps no versions, so nothing is hidden there".formatted(store.describe()),
				"name a bucket; what is deleted from a directory is gone at once");
	}

	/**
	 * One page of the flat listing of all versions of all keys that begin with a prefix.
	 * A bucket that keeps no versions lists its objects, none of which has a lasting id.
	 * @param after only what comes after this
	 * @return at most 1,000 versions
	 */
	VersionPage listVersions(String prefix, VersionPage.Marker after);

	/**
	 * Deletes versions for good, at most 1,000. One that is not there counts as deleted.
	 * Deleting the mark that hides a key makes the version below it current again.
	 * @return what the store refused to delete, such as what is locked; all else is
	 * deleted
	 */
	List<Refusal> deleteVersions(Collection<ObjectVersion.Id> versions);

	/**
	 * A version that was to go and did not.
	 *
	 * @param reason in the words of the store
	 */
	record Refusal(ObjectVersion.Id id, String reason) {
	}

}
