package dev.longhaul.restore.ext4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * The bytes of an image, little-endian as everything in ext4.
 */
final class ImageBytes {

	private final FileChannel channel;

	private final long size;

	ImageBytes(FileChannel channel) throws IOException {
		this.channel = channel;
		this.size = channel.size();
	}

	/**
	 * @throws Ext4Damage if the image ends before
	 */
	ByteBuffer read(long offset, int length) throws IOException, Ext4Damage {
		if (offset < 0 || offset > size - length) {
			throw new Ext4Damage("%d bytes at %d are wanted of an image of %d".formatted(length, offset, size));
		}
		ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
		while (bytes.hasRemaining()) {
			if (channel.read(bytes, offset + bytes.position()) < 0) {
				throw new Ext4Damage("the image became shorter while it was read");
			}
		}
		return bytes.flip();
	}

	void close() throws IOException {
		channel.close();
	}

}
