package dev.longhaul.backupstore.object;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of an object, held to the size the store promised: fewer are an
 * {@link EOFException} instead of an end, and more are never handed on.
 */
public final class WholeContent extends FilterInputStream {

	private final String key;

	private final long size;

	private long read;

	public WholeContent(InputStream content, String key, long size) {
		super(content);
		this.key = key;
		this.size = size;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		long left = size - read;
		if (left == 0) {
			return -1;
		}
		int count = in.read(buffer, offset, (int) Math.min(length, left));
		if (count < 0) {
			throw new EOFException("'%s' ended after %d of %d bytes".formatted(key, read, size));
		}
		read += count;
		return count;
	}

	/** Skips by reading, so that an early end is noticed here too. */
	@Override
	public long skip(long count) throws IOException {
		byte[] dropped = new byte[(int) Math.min(Math.max(count, 0), 8192)];
		long skipped = 0;
		while (skipped < count) {
			int step = read(dropped, 0, (int) Math.min(dropped.length, count - skipped));
			if (step < 0) {
				break;
			}
			skipped += step;
		}
		return skipped;
	}

	@Override
	public boolean markSupported() {
		return false;
	}

	/** Whether every promised byte was read. */
	public boolean isComplete() {
		return read == size;
	}

}
