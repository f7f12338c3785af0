package dev.longhaul.backupstore.mirror;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectStore;

/**
 * One of the two targets.
 */
public record Side(ObjectStore store, BackupstoreLayout layout) {

}
