package dev.longhaul.backupstore.export;

import java.nio.file.Path;
import java.util.List;

import dev.longhaul.core.volume.ByteSize;

/**
 * A finished image.
 *
 * @param size of the file, holes included
 * @param blocks written; the rest of the file is holes, which read as zeros
 * @param read stored bytes that were fetched
 * @param lost what the bucket does not hold any more, in the order of offsets; zeros in
 * the file
 */
public record ExportReport(Path file, ByteSize size, long blocks, ByteSize read, List<LostBlock> lost) {

	public ExportReport {
		lost = List.copyOf(lost);
	}

}
