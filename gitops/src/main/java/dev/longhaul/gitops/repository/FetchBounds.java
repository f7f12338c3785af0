package dev.longhaul.gitops.repository;

import java.time.Duration;

import dev.longhaul.core.volume.ByteSize;

/**
 * What a fetch may cost. Others write to the repository, and without bounds it may be of
 * any size.
 *
 * @param size of all that is received
 * @param silence of the server
 * @param time for all of it
 */
public record FetchBounds(ByteSize size, Duration silence, Duration time) {

	/** Of the newest commit, and generous to a repository of YAML. */
	public static final FetchBounds USUAL = new FetchBounds(ByteSize.ofMebibytes(100), Duration.ofSeconds(20),
			Duration.ofMinutes(2));

	/** The same with all of its history. */
	public static final FetchBounds WHOLE = new FetchBounds(ByteSize.ofMebibytes(500), Duration.ofSeconds(20),
			Duration.ofMinutes(10));

}
