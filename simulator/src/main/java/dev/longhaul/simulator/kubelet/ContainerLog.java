package dev.longhaul.simulator.kubelet;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.longhaul.simulator.front.LogQuery;

/**
 * The output of one run of a container: the last 10 MiB of it, as much as a kubelet keeps
 * in one file by default.
 */
final class ContainerLog {

	private static final int MAX_BYTES = 10 * 1024 * 1024;

	/** A longer line is kept in pieces. */
	private static final int MAX_LINE = 16 * 1024;

	/** How long a follower waits before it looks whether it should give up. */
	private static final long LOOK_MILLIS = 1000;

	private final Clock clock;

	private final List<LogLine> lines = new ArrayList<>();

	private long bytes;

	/** How many lines there were before the first that is kept. */
	private long dropped;

	private boolean ended;

	ContainerLog(Clock clock) {
		this.clock = clock;
	}

	/** Takes a process's output until its end; blocks. */
	void take(InputStream output) {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		try (InputStream buffered = new BufferedInputStream(output)) {
			for (int next = buffered.read(); next >= 0; next = buffered.read()) {
				line.write(next);
				if (next == '\n' || line.size() == MAX_LINE) {
					append(line.toByteArray());
					line.reset();
				}
			}
		}
		catch (IOException ex) {
			// The process was ended while its output was read.
		}
		if (line.size() > 0) {
			append(line.toByteArray());
		}
		end();
	}

	private synchronized void append(byte[] line) {
		lines.add(new LogLine(dropped + lines.size(), clock.instant(), line));
		bytes += line.length;
		if (bytes > MAX_BYTES) {
			dropOldestTenth();
		}
		notifyAll();
	}

	private void dropOldestTenth() {
		int count = 0;
		while (bytes > MAX_BYTES / 10 * 9) {
			bytes -= lines.get(count).bytes().length;
			count++;
		}
		lines.subList(0, count).clear();
		dropped += count;
	}

	/** Nothing more comes: followers reach the end. */
	synchronized void end() {
		ended = true;
		notifyAll();
	}

	synchronized InputStream open(LogQuery query) {
		Integer tail = query.tailLines();
		int skipped = (tail != null) ? Math.max(0, lines.size() - tail) : 0;
		return new LogStream(this, query, dropped + skipped);
	}

	/**
	 * @return the line of that number, or the oldest kept if that is gone; null if there
	 * is none, or none yet
	 */
	synchronized @Nullable LogLine line(long number) {
		int index = (int) Math.max(0, number - dropped);
		return (index < lines.size()) ? lines.get(index) : null;
	}

	/**
	 * Waits for the line of that number.
	 * @return null if there will be none, or the reader gave up
	 */
	synchronized @Nullable LogLine awaitLine(long number, BooleanSupplier gaveUp) throws InterruptedException {
		LogLine line = line(number);
		while (line == null && !ended && !gaveUp.getAsBoolean()) {
			wait(LOOK_MILLIS);
			line = line(number);
		}
		return line;
	}

}
