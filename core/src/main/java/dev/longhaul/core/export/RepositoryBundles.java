package dev.longhaul.core.export;

import java.io.InputStream;

/**
 * The repository that declares the applications, as one file.
 */
@FunctionalInterface
public interface RepositoryBundles {

	/**
	 * Makes one now.
	 * @throws dev.longhaul.core.failure.TransientFailure if the repository cannot be
	 * reached
	 * @throws dev.longhaul.core.failure.RefusedRequest if it refuses, is too large, or
	 * there is none
	 */
	Bundle make();

	/**
	 * All branches and tags with their history, as {@code git clone} takes them.
	 *
	 * @param origin where it is from, without a password, and its newest commit
	 * @param content closed by the caller, which deletes what it takes on disk
	 */
	record Bundle(String origin, InputStream content) {
	}

}
