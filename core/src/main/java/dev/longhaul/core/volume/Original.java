package dev.longhaul.core.volume;

import org.jspecify.annotations.Nullable;

/**
 * What a volume was when it was backed up, beyond its data: how it is made again.
 *
 * @param size what the claim saw; its backup holds only blocks that were written
 * @param replicas how many were asked for
 * @param fileSystem null if none was ever recognised
 */
public record Original(ByteSize size, int replicas, @Nullable SeenFileSystem fileSystem, ClaimObjects objects) {

	public Original {
		if (replicas < 0) {
			throw new IllegalArgumentException("a volume never has %d replicas".formatted(replicas));
		}
	}

	/** The same with the file system that is remembered of it. */
	public Original with(@Nullable SeenFileSystem remembered) {
		return new Original(size, replicas, remembered, objects);
	}

	/** The same, of whose objects nothing is known. */
	public Original withoutObjects(String why) {
		return new Original(size, replicas, fileSystem, ClaimObjects.unknown(why));
	}

}
