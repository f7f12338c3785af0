package dev.longhaul.backupstore.pipeline;

/**
 * Takes the stored bytes of blocks that are intact on to another place, before they are
 * handed to the sink.
 */
@FunctionalInterface
public interface BlockTransfer {

	/**
	 * Takes a block on. Called from several threads at a time. A pipeline that ends early
	 * does not wait for calls under way, and nothing more comes of them; one that fails
	 * ends the pipeline.
	 * @param stored as the store holds it, compressed or not
	 */
	void take(WantedBlock block, byte[] stored);

}
