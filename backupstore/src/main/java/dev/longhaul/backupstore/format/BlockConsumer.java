package dev.longhaul.backupstore.format;

/**
 * Takes the entries of a manifest's list of blocks, in the order of the list, while it is
 * read.
 */
@FunctionalInterface
public interface BlockConsumer {

	/** Takes none of them. */
	BlockConsumer NONE = (offset, checksum) -> {
	};

	/**
	 * @param offset within the volume, in bytes; not checked yet when it arrives
	 */
	void accept(long offset, Checksum checksum);

}
