package dev.longhaul.scheduler.page.job;

import java.time.Instant;

import dev.longhaul.scheduler.page.Link;
import org.jspecify.annotations.Nullable;

/**
 * A revision of the repository that declares jobs.
 *
 * @param commit its hash, in full
 * @param link to it on the Git server; null if it is not known how that is reached
 */
public record Revision(String commit, String author, Instant committedAt, @Nullable Link link) {

	private static final int SHORT = 8;

	/** As people say it. */
	public String brief() {
		return (commit.length() > SHORT) ? commit.substring(0, SHORT) : commit;
	}

}
