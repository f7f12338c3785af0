package dev.longhaul.simulator.engine;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectStore;

/**
 * A backup target as the engine sees it.
 *
 * @param name of the BackupTarget
 * @param url as Longhorn writes it, without a query
 * @param store closed by whoever opened it
 */
public record Target(String name, String url, ObjectStore store, BackupstoreLayout layout) {

	/** The secrets of a store stay out of logs. */
	@Override
	public String toString() {
		return "target '" + name + "' at " + url;
	}

}
