package dev.longhaul.scheduler.page;

import org.jspecify.annotations.Nullable;

/**
 * Something a reader may do: a button that posts.
 *
 * @param href where it posts to, within this server
 * @param consequence what will happen; it is shown, and asked for once more, before it
 * does. Null for what needs no second thought
 */
public record Action(String label, String href, @Nullable String consequence) {

	public Action {
		if (!href.startsWith("/") || !Link.isSafe(href)) {
			throw new IllegalArgumentException("'%s' is no place a form posts to".formatted(href));
		}
	}

}
