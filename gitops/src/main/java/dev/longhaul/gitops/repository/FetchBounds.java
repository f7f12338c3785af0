package dev.longhaul.gitops.repository;

import java.time.Duration;

import dev.longhaul.core.volume.ByteSize;

/**
 * What a fetch may cost. Only the newest commit is fetched, but it is the whole tree of a
 * repository that others write to.
 *
 * @param size of all that is received
 * @param silence of the server
 * @param time for all of it
 */
public record FetchBounds(ByteSize size, Duration silence, Duration time) {

	/** Generous to a repository of YAML. */
	public static final FetchBounds USUAL = new FetchBounds(ByteSize.ofMebibytes(100), Duration.ofSeconds(20),
			Duration.ofMinutes(2));

}
