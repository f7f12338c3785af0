package dev.longhaul.simulator.kubelet;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.longhaul.simulator.front.LogQuery;

/**
 * A log being read, followed if so asked. Closing it from another thread ends a wait for
 * the next line within a second.
 */
final class LogStream extends InputStream {

	private final ContainerLog log;

	private final LogQuery query;

	private long nextLine;

	private byte[] piece = new byte[0];

	private int taken;

	private long left;

	private volatile boolean closed;

	LogStream(ContainerLog log, LogQuery query, long firstLine) {
		this.log = log;
		this.query = query;
		this.nextLine = firstLine;
		Integer limit = query.limitBytes();
		this.left = (limit != null) ? limit : Long.MAX_VALUE;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : Byte.toUnsignedInt(one[0]);
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		if (taken == piece.length && !takeNextPiece()) {
			return -1;
		}
		int count = (int) Math.min(left, Math.min(length, piece.length - taken));
		if (count == 0) {
			return (length == 0) ? 0 : -1;
		}
		System.arraycopy(piece, taken, target, offset, count);
		taken += count;
		left -= count;
		return count;
	}

	private boolean takeNextPiece() throws IOException {
		LogLine line = nextLine();
		if (line == null) {
			return false;
		}
		piece = query.timestamps() ? withTime(line) : line.bytes();
		taken = 0;
		return true;
	}

	/** A follower waits as long as the container lives and nobody closes this. */
	private @Nullable LogLine nextLine() throws IOException {
		Instant since = query.since();
		LogLine line = lineOrEnd();
		while (line != null && since != null && line.time().isBefore(since)) {
			line = lineOrEnd();
		}
		return line;
	}

	private @Nullable LogLine lineOrEnd() throws IOException {
		try {
			LogLine line = query.follow() ? log.awaitLine(nextLine, () -> closed) : log.line(nextLine);
			if (line != null) {
				nextLine = line.number() + 1;
			}
			return line;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("interrupted while following a log");
		}
	}

	private static byte[] withTime(LogLine line) {
		byte[] time = (line.time() + " ").getBytes(StandardCharsets.US_ASCII);
		byte[] both = new byte[time.length + line.bytes().length];
		System.arraycopy(time, 0, both, 0, time.length);
		System.arraycopy(line.bytes(), 0, both, time.length, line.bytes().length);
		return both;
	}

	@Override
	public void close() {
		closed = true;
	}

}
