package dev.longhaul.core.verdict;

import java.time.Instant;
import java.util.List;

import dev.longhaul.core.volume.ByteSize;

/**
 * What was actually read of a copy. Not having read it is no proof and no refutation.
 */
public sealed interface Proof {

	/**
	 * Every block was read and had the checksum its backup states.
	 *
	 * @param checks of the application's data on what was read; none of them failed, and
	 * one that was not run takes nothing from the blocks
	 */
	record Proven(Instant at, long blocks, ByteSize read, List<CheckResult> checks) implements Proof {

		public Proven {
			checks = List.copyOf(checks);
			if (checks.stream().anyMatch(CheckResult.Failed.class::isInstance)) {
				throw new IllegalArgumentException("a check failed: " + checks);
			}
		}

		/** Of an application that has no check. */
		public Proven(Instant at, long blocks, ByteSize read) {
			this(at, blocks, read, List.of());
		}

	}

	/** It was read, and something was missing or wrong. */
	record Refuted(Instant at, Flaw flaw, String finding) implements Proof {

		/** Of blocks. */
		public Refuted(Instant at, String finding) {
			this(at, Flaw.BLOCKS, finding);
		}

	}

	/** Where it is that something is wrong. */
	enum Flaw {

		/** A block is missing, or is not what was written; it may be repaired. */
		BLOCKS,

		/** The application's data were damaged when they were backed up; so they stay. */
		DATA

	}

	/** It was not read, or not in full. */
	record Unread(String reason) implements Proof {
	}

}
