package dev.longhaul.cli;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.target.TargetUrl;

/**
 * Opens the store behind a URL. Nothing is connected to until the store is first used.
 */
@FunctionalInterface
interface TargetOpener {

	ObjectStore open(TargetUrl url);

	/** Opens a target, lets something be done with it and closes it, whatever happens. */
	default <T> T with(TargetUrl url, Work<T> work) {
		try (ObjectStore store = open(url)) {
			return work.run(store, new BackupstoreLayout(url.path()));
		}
	}

	/** What is done with an open target. */
	@FunctionalInterface
	interface Work<T> {

		T run(ObjectStore store, BackupstoreLayout layout);

	}

}
