package dev.longhaul.cli;

import java.util.Map;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.target.TargetUrl;

/**
 * Opens the store behind a URL. Nothing is connected to until the store is first used.
 */
@FunctionalInterface
interface TargetOpener {

	/**
	 * @param variables by Longhorn's names, credentials among them
	 */
	StreamingStore open(TargetUrl url, Map<String, String> variables);

	/** Opens a target, lets something be done with it and closes it, whatever happens. */
	default <T> T with(TargetUrl url, Map<String, String> variables, Work<T> work) {
		try (StreamingStore store = open(url, variables)) {
			return work.run(store, new BackupstoreLayout(url.path()));
		}
	}

	/** What is done with an open target. */
	@FunctionalInterface
	interface Work<T> {

		T run(StreamingStore store, BackupstoreLayout layout);

	}

}
