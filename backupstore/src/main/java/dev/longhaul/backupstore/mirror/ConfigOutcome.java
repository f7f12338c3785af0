package dev.longhaul.backupstore.mirror;

import java.util.Locale;

/**
 * What becomes of a volume's {@code volume.cfg}.
 */
public enum ConfigOutcome {

	/** It is the source's, byte for byte. */
	COPIED,

	/**
	 * It is the source's but for its last backup: that one is not in the destination, so
	 * the newest that is there is named instead.
	 */
	ADAPTED,

	/** The destination has the very same already. */
	HELD,

	/**
	 * The destination's is left as it is, because it is of a later backup or a larger
	 * volume. A smaller size would cut every restore short.
	 */
	KEPT,

	/** None is written: the source has none to copy, or the destination has no backup. */
	WITHHELD;

	/** {@code copied}. */
	public String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	boolean isWritten() {
		return this == COPIED || this == ADAPTED;
	}

}
