package dev.longhaul.restore.repository;

import java.nio.file.Path;

import dev.longhaul.restore.choice.KeptBundle;

/**
 * Where the bundle of a repository comes from.
 */
@FunctionalInterface
public interface BundleSource {

	/**
	 * Brings one into a new file, compared with what was recorded of it.
	 * @throws dev.longhaul.core.failure.DamagedData if it is not what was recorded
	 * @throws dev.longhaul.core.failure.RefusedRequest if it is gone, too large, or
	 * nobody here can decrypt it
	 */
	void fetch(KeptBundle bundle, Path file);

}
