package dev.longhaul.restore.ext4;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Is told what a file holds, from its start to its end. What is left out are holes, which
 * read as zeros.
 */
@FunctionalInterface
public interface ContentVisitor {

	/**
	 * @param offset in the file
	 * @param bytes at most a MiB, never beyond the file's size
	 * @param place of these bytes in the image
	 */
	void data(long offset, ByteBuffer bytes, long place) throws IOException;

}
