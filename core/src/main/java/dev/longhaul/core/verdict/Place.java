package dev.longhaul.core.verdict;

import org.jspecify.annotations.Nullable;

/**
 * Where copies lie, and what holds of everything that lies there.
 *
 * @param name for people: {@code live volumes}, {@code s3://bucket@region/path}
 * @param medium the kind of medium, such as {@code block storage}, {@code object storage}
 * @param site where it is, as declared in the configuration; null if nobody said
 * @param immutable whether what lies there can be changed or deleted by whoever holds the
 * cluster's key
 * @param immutabilityEvidence where that answer comes from
 */
public record Place(String name, String medium, @Nullable String site, Answer immutable, String immutabilityEvidence) {

	/** Running volumes, which no answer can call immutable. */
	public static Place ofLiveVolumes(@Nullable String site) {
		return new Place("live volumes", "block storage", site, Answer.FAILS, "live volumes change all the time");
	}

	/** What lies here, as far as it was read. */
	public Copy copy(Proof proof) {
		return new Copy(name, medium, site, immutable, immutabilityEvidence, proof);
	}

}
