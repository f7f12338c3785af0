package dev.longhaul.backupstore.pipeline;

import java.io.IOException;

import dev.longhaul.backupstore.format.BlockFinding;

/**
 * Takes blocks as they come in: each once, in no order, from several threads at a time.
 */
public interface BlockSink {

	/**
	 * @param storedSize bytes that were fetched for it
	 * @throws IOException if it cannot be kept; ends the whole pipeline
	 */
	void read(WantedBlock block, long storedSize, BlockFinding finding) throws IOException;

	/** There is no object of that name. */
	void missing(WantedBlock block) throws IOException;

}
