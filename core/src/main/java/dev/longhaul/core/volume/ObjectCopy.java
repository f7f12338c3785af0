package dev.longhaul.core.volume;

import dev.longhaul.core.json.JsonObject;

/**
 * An object of the cluster as it is kept for a cluster to come: what was declared, and
 * nothing that only the old cluster could mean.
 */
public sealed interface ObjectCopy {

	/** It was there. */
	record Kept(JsonObject object) implements ObjectCopy {
	}

	/**
	 * The cluster answered that there is none.
	 *
	 * @param why there is none, in a few words
	 */
	record Absent(String why) implements ObjectCopy {
	}

	/**
	 * Nobody knows it, or it could not be kept.
	 *
	 * @param why a fact with its values
	 */
	record Unknown(String why) implements ObjectCopy {
	}

}
