package dev.longhaul.simulator.kubelet;

import java.time.Instant;

/**
 * A piece of a container's output as it came, with the line break unless the line goes on
 * in the next piece.
 */
final class LogLine {

	private final long number;

	private final Instant time;

	private final byte[] bytes;

	/**
	 * @param number counted from the first of the run
	 */
	LogLine(long number, Instant time, byte[] bytes) {
		this.number = number;
		this.time = time;
		this.bytes = bytes;
	}

	long number() {
		return number;
	}

	Instant time() {
		return time;
	}

	/** Not a copy: nobody writes to it. */
	byte[] bytes() {
		return bytes;
	}

}
