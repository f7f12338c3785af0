package dev.longhaul.scheduler.page;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is the same around every page.
 *
 * @param installation how this Longhaul is called; empty if nobody gave it a name
 * @param user who is logged in; null if nobody is
 * @param notices shown above what the page is about
 */
public record Frame(String installation, String version, Reader reader, @Nullable String user, Csrf csrf,
		List<Notice> notices) {

	public Frame {
		notices = List.copyOf(notices);
	}

}
