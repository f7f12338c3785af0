package dev.longhaul.benchmarks;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import dev.longhaul.core.volume.ByteSize;

/**
 * SQL as a logical dump has it: a row a line, with a number, a digest and some words. The
 * same in every run. It is made from a stock of rows, so that making it costs next to
 * nothing.
 */
final class MadeDump extends InputStream {

	/** Farther apart than zstd looks back at its default level. */
	private static final byte[] STOCK = stock(16 * 1024 * 1024);

	private final long length;

	private long position;

	MadeDump(ByteSize size) {
		this.length = size.bytes();
	}

	private static byte[] stock(int length) {
		Random random = new Random(7);
		StringBuilder rows = new StringBuilder(length + 200);
		for (int id = 1; rows.length() < length; id++) {
			rows.append("INSERT INTO oc_filecache VALUES (%d,'files/photos/%08x.jpg','%016x',%d);%n".formatted(id,
					random.nextInt(), random.nextLong(), random.nextInt(10_000_000)));
		}
		return rows.substring(0, length).getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public int read() {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] buffer, int offset, int count) {
		if (position >= length) {
			return -1;
		}
		int from = (int) (position % STOCK.length);
		int read = (int) Math.min(Math.min(count, STOCK.length - from), length - position);
		System.arraycopy(STOCK, from, buffer, offset, read);
		position += read;
		return read;
	}

}
