package dev.longhaul.core.verdict;

import java.time.Instant;

import dev.longhaul.core.volume.ByteSize;

/**
 * What was actually read of a copy. Not having read it is no proof and no refutation.
 */
public sealed interface Proof {

	/** Every block was read and had the checksum its backup states. */
	record Proven(Instant at, long blocks, ByteSize read) implements Proof {
	}

	/** It was read, and something was missing or wrong. */
	record Refuted(Instant at, String finding) implements Proof {
	}

	/** It was not read, or not in full. */
	record Unread(String reason) implements Proof {
	}

}
