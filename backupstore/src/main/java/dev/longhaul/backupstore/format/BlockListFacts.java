package dev.longhaul.backupstore.format;

/**
 * What streaming a manifest's list of blocks has shown of it.
 *
 * @param count how many entries it has
 * @param end the first byte after the last block; 0 if there is none
 * @param fault what is wrong with the offsets, empty if nothing is
 */
public record BlockListFacts(long count, long end, String fault) {

}
