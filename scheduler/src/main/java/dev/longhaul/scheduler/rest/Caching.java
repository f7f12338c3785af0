package dev.longhaul.scheduler.rest;

import org.springframework.http.CacheControl;

/**
 * How long callers may keep what they were told.
 */
final class Caching {

	/** They may, and ask every time whether it still holds. */
	static final CacheControl ASK_AGAIN = CacheControl.noCache().cachePrivate();

	private Caching() {
	}

}
