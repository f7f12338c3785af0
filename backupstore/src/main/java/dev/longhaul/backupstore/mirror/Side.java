package dev.longhaul.backupstore.mirror;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.StreamingStore;

/**
 * One of the two targets.
 */
public record Side(StreamingStore store, BackupstoreLayout layout) {

}
