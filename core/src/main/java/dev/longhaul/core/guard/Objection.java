package dev.longhaul.core.guard;

import dev.longhaul.core.volume.ClaimRef;

/**
 * Why a volume is not made part of a restore point.
 *
 * @param fact what it was and what it is
 * @param kind of what has to be accepted for it to be one
 */
public record Objection(ClaimRef claim, String fact, Kind kind) {

	/** What may be accepted. */
	public enum Kind {

		/** It is another volume or another file system. */
		RECREATED,

		/** It holds much less. */
		SHRUNK

	}

}
