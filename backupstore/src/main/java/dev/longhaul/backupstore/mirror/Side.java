package dev.longhaul.backupstore.mirror;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.StreamingStore;

/**
 * One of the two targets.
 */
public record Side(StreamingStore store, BackupstoreLayout layout) {

	/** As it names itself, without any secret. */
	public String name() {
		return store.describe() + "/" + layout.path();
	}

}
