package dev.longhaul.core.profile;

import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumePath;
import org.jspecify.annotations.Nullable;

/**
 * What is looked at in the data of an application, as it was read back from the bucket. A
 * database that only its own server can check has none: that is done where a restored
 * application starts.
 */
public sealed interface Check {

	/** On which volume; null if the application has only one. */
	@Nullable ClaimRef claim();

	VolumePath path();

	/** For people, in a few words: {@code sqlite db.sqlite3}. */
	String what();

	/**
	 * An SQLite database, with the log that lies beside it: its own integrity check, and
	 * that no row refers to one that is not there.
	 */
	record SqliteIntegrity(@Nullable ClaimRef claim, VolumePath path, Location location) implements Check {

		@Override
		public String what() {
			return "sqlite " + path;
		}

	}

	/** A file that is there and not empty. */
	record FilePresent(@Nullable ClaimRef claim, VolumePath path) implements Check {

		@Override
		public String what() {
			return "present " + path;
		}

	}

	/** Who says that a file lies there, and so what it means if it does not. */
	enum Location {

		/** The user: a file that is missing is lost. */
		DECLARED,

		/** It does in most installations: one that is missing may lie elsewhere. */
		USUAL

	}

}
