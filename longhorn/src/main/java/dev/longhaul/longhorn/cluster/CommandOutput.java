package dev.longhaul.longhorn.cluster;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What a command prints: its beginning is kept, the rest is taken and forgotten, so that
 * a command that prints without end neither waits for us nor fills the memory. Lines can
 * be waited for.
 */
final class CommandOutput extends OutputStream {

	/** Bytes that are kept. */
	static final int KEPT = 64 * 1024;

	private static final int LONGEST_LINE = 1000;

	private static final int MOST_LINES = 100;

	private final StringBuilder kept = new StringBuilder();

	private final StringBuilder line = new StringBuilder();

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(MOST_LINES);

	@Override
	public void write(int b) {
		write(new byte[] { (byte) b }, 0, 1);
	}

	@Override
	public synchronized void write(byte[] bytes, int offset, int length) {
		// Only ASCII is compared; what else there is only has to be printable.
		String text = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
		kept.append(text, 0, Math.min(text.length(), KEPT - kept.length()));
		text.chars().forEach(this::take);
	}

	private void take(int c) {
		if (c != '\n') {
			if (line.length() < LONGEST_LINE) {
				line.append((char) c);
			}
			return;
		}
		boolean unusedRoom = lines.offer(line.toString());
		line.setLength(0);
	}

	BlockingQueue<String> lines() {
		return lines;
	}

	synchronized String text() {
		return new String(kept.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
	}

}
