package dev.longhaul.backupstore.stream;

import dev.longhaul.core.secret.Secret;

/**
 * What came of opening a document: all of it, or nothing.
 */
public sealed interface OpenedDocument {

	/** It was opened, and not a bit of it is other than it was written. */
	record Whole(Secret content) implements OpenedDocument {

	}

	/** The key is none of those it was encrypted for, or was not tried. */
	record Locked(String reason) implements OpenedDocument {

	}

	/** It is not as it was written, or was never written by age. */
	record Damaged(String reason) implements OpenedDocument {

	}

}
