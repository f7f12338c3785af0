package dev.longhaul.backupstore.export;

import java.nio.file.Path;

import dev.longhaul.core.volume.ByteSize;

/**
 * A finished image.
 *
 * @param size of the file, holes included
 * @param blocks written; the rest of the file is holes, which read as zeros
 * @param read stored bytes that were fetched
 */
public record ExportReport(Path file, ByteSize size, long blocks, ByteSize read) {

}
