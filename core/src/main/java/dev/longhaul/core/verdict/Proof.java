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
	record Refuted(Instant at, String finding) implements Proof {
	}

	/** It was not read, or not in full. */
	record Unread(String reason) implements Proof {
	}

}
