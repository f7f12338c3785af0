package dev.longhaul.core.volume;

import java.time.Instant;

/**
 * The file system that was last recognised on a volume.
 *
 * @param at the time of the data it was read from; older than the record it stands in if
 * nothing was recognised there
 */
public record SeenFileSystem(FileSystem fileSystem, Instant at) {

}
