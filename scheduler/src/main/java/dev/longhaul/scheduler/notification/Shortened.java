package dev.longhaul.scheduler.notification;

import java.nio.charset.StandardCharsets;

/**
 * Text that has to fit somewhere. What is left out is seen by an ellipsis.
 */
final class Shortened {

	private static final String ELLIPSIS = "…";

	private Shortened() {
	}

	/** At most so many characters, and no half ones. */
	static String to(int characters, String text) {
		if (text.length() <= characters) {
			return text;
		}
		int end = characters - ELLIPSIS.length();
		return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + ELLIPSIS;
	}

	/** At most so many bytes in UTF-8. */
	static String toBytes(int bytes, String text) {
		String shortened = to(bytes, text);
		while (shortened.getBytes(StandardCharsets.UTF_8).length > bytes) {
			shortened = to(shortened.length() - Math.max(1, shortened.length() / 16), shortened);
		}
		return shortened;
	}

}
