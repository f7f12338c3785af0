package dev.longhaul.backupstore.repair;

import dev.longhaul.backupstore.format.Checksum;

/**
 * A block that a backup cannot be restored without, and that is not there as it should
 * be.
 *
 * @param why to follow its key, for people
 */
public record UnreadableBlock(Checksum checksum, String key, String why) {
}
