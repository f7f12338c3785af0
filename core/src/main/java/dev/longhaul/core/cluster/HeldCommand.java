package dev.longhaul.core.cluster;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A command that runs as long as its input is open.
 */
public interface HeldCommand extends AutoCloseable {

	/**
	 * Waits for its next line, a bounded number of characters of it.
	 * @return null if it ended, its connection broke, or nothing came in time
	 */
	@Nullable String nextLine(Duration limit);

	/**
	 * Gives it a line of input.
	 * @return whether the connection took it
	 */
	boolean say(String line);

	/** The beginning of what it complained about so far. */
	String errors();

	/** Ends its input. What it does then is its own affair. */
	@Override
	void close();

}
