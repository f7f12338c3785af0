package dev.longhaul.scheduler.page.login;

import dev.longhaul.scheduler.page.Link;
import dev.longhaul.scheduler.page.Page;
import dev.longhaul.scheduler.page.Section;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a token.
 *
 * @param next the page to go on with
 * @param refusal why the last attempt failed, for people; null at the first
 * @param singleSignOn another way in; null if there is none
 */
public record LoginPage(String next, @Nullable String refusal, @Nullable Link singleSignOn) implements Page {

	@Override
	public String title() {
		return "Log in";
	}

	@Override
	public @Nullable Section section() {
		return null;
	}

	@Override
	public @Nullable String json() {
		return null;
	}

}
