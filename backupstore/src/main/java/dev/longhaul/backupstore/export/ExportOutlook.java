package dev.longhaul.backupstore.export;

import dev.longhaul.core.volume.ByteSize;

/**
 * What an image would be.
 *
 * @param size of the file, holes included
 * @param content at most so much of it is written
 * @param beginning of the volume, one block of it; empty if the bucket does not hold it
 * intact
 */
@SuppressWarnings("ArrayRecordComponent") // made once, to be looked into once
public record ExportOutlook(ByteSize size, ByteSize content, byte[] beginning) {

}
