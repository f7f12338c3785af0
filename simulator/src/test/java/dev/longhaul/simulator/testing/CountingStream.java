package dev.longhaul.simulator.testing;

import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what is written to it and keeps nothing.
 */
public final class CountingStream extends OutputStream {

	private final AtomicLong count = new AtomicLong();

	@Override
	public void write(int one) {
		count.incrementAndGet();
	}

	@Override
	public void write(byte[] bytes, int offset, int length) {
		count.addAndGet(length);
	}

	public long count() {
		return count.get();
	}

}
