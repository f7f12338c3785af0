package dev.longhaul.restore.choice;

import dev.longhaul.core.run.Night;

/**
 * Who says that backups belong together.
 */
public sealed interface Origin {

	/** A night recorded them as one restore point. */
	record Recorded(Night night) implements Origin {
	}

	/**
	 * Only Longhorn knows of them: they are of volumes whose claims share a namespace,
	 * each of its own moment.
	 */
	record LonghornAlone() implements Origin {
	}

}
