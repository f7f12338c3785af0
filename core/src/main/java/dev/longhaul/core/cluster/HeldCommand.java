package dev.longhaul.core.cluster;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A command that runs as long as its input is open.
 */
public interface HeldCommand extends AutoCloseable {

	/** What every server on the way takes in one message, with room for its frame. */
	int MOST_BYTES = 60 * 1024;

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

	/**
	 * Gives it bytes, which it has to acknowledge by a line before it is given more: the
	 * connection keeps nothing back for a slow reader, and may lose what comes while
	 * something else is on its way.
	 * @param bytes at most {@link #MOST_BYTES}
	 * @return whether the connection took them
	 */
	boolean give(byte[] bytes);

	/** The beginning of what it complained about so far. */
	String errors();

	/** Ends its input. What it does then is its own affair. */
	@Override
	void close();

}
