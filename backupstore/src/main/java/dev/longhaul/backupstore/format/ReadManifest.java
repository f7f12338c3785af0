package dev.longhaul.backupstore.format;

/**
 * A manifest that was read to its end.
 *
 * @param blocks what its list of blocks, which went to a consumer, was seen to be
 */
public record ReadManifest(BackupManifest manifest, BlockListFacts blocks) {

}
