package dev.longhaul.longhorn.cluster;

/**
 * Text that a server chose, made fit for a message: one line, no control characters, of
 * bounded length.
 */
final class ServerText {

	/** Longhorn's own messages with a nested RPC error reach about half of this. */
	static final int MAX_LENGTH = 2000;

	private ServerText() {
	}

	static String oneLine(String text) {
		String head = (text.length() > MAX_LENGTH) ? text.substring(0, MAX_LENGTH) + "..." : text;
		return head.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
	}

}
