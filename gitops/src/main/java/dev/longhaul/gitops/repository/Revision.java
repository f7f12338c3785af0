package dev.longhaul.gitops.repository;

import java.time.Instant;

/**
 * A commit.
 *
 * @param id 40 hexadecimal digits
 * @param subject the first line of its message
 */
public record Revision(String id, String author, Instant committedAt, String subject) {

	/** Enough of the id for people to tell commits of one repository apart. */
	public String shortId() {
		return id.substring(0, 8);
	}

	@Override
	public String toString() {
		return shortId();
	}

}
