package dev.longhaul.scheduler.page;

import java.util.Locale;

/**
 * A place to go to.
 *
 * @param href within this server, or of the web
 */
public record Link(String label, String href) {

	public Link {
		if (!isSafe(href)) {
			throw new IllegalArgumentException("'%s' is no place a page links to".formatted(href));
		}
	}

	/** Never a script, and never another server in disguise. */
	static boolean isSafe(String href) {
		String lower = href.toLowerCase(Locale.ROOT);
		boolean here = href.startsWith("/") && !href.startsWith("//") && !href.startsWith("/\\");
		return here || lower.startsWith("https://") || lower.startsWith("http://");
	}

}
