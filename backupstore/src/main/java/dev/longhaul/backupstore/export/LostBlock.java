package dev.longhaul.backupstore.export;

/**
 * A block of an image whose content the bucket does not hold any more.
 *
 * @param offset in the image, in bytes
 * @param length in bytes
 * @param why a sentence with its key, and what is wrong with it
 */
public record LostBlock(long offset, long length, String why) {

	/** The first byte after it. */
	public long end() {
		return offset + length;
	}

}
