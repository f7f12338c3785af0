package dev.longhaul.core.volume;

/**
 * What a volume was when it was backed up, beyond its data: how it is made again.
 *
 * @param size what the claim saw; its backup holds only blocks that were written
 * @param replicas how many were asked for
 */
public record Original(ByteSize size, int replicas, ClaimObjects objects) {

	public Original {
		if (replicas < 0) {
			throw new IllegalArgumentException("a volume never has %d replicas".formatted(replicas));
		}
	}

	/** The same, of whose objects nothing is known. */
	public Original withoutObjects(String why) {
		return new Original(size, replicas, ClaimObjects.unknown(why));
	}

}
