package dev.longhaul.simulator.ext4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * Stretches of bytes of a file.
 */
public final class Chunks {

	private static final byte[] ZEROS = new byte[64 * 1024];

	private Chunks() {
	}

	public static boolean isZero(byte[] bytes, int length) {
		return isZero(bytes, 0, length);
	}

	public static boolean isZero(byte[] bytes, int from, int to) {
		for (int at = from; at < to; at += ZEROS.length) {
			int end = Math.min(to, at + ZEROS.length);
			if (!Arrays.equals(bytes, at, end, ZEROS, 0, end - at)) {
				return false;
			}
		}
		return true;
	}

	/** Fills the first bytes of an array; with zeros where the file has ended. */
	public static void read(FileChannel channel, long position, byte[] into, int length) throws IOException {
		ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
		int read = 0;
		while (buffer.hasRemaining() && read >= 0) {
			read = channel.read(buffer, position + buffer.position());
		}
		Arrays.fill(into, buffer.position(), length, (byte) 0);
	}

	/** Writes the first bytes of an array. */
	static void write(FileChannel channel, long position, byte[] bytes, int length) throws IOException {
		ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
		while (buffer.hasRemaining()) {
			channel.write(buffer, position + buffer.position());
		}
	}

}
