package dev.longhaul.scheduler.page;

import org.jspecify.annotations.Nullable;

/**
 * What one page shows. Its template has the name of its type, without {@code Page}.
 */
public interface Page {

	/** Of the window, and of the page for who cannot see it. */
	String title();

	/** Where it stands in the navigation; null if nowhere. */
	@Nullable Section section();

	/** Where the same is told to machines; null if it is nowhere. */
	@Nullable String json();

}
