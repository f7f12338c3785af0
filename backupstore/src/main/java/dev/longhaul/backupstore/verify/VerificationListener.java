package dev.longhaul.backupstore.verify;

import dev.longhaul.core.volume.VolumeName;

/**
 * Is told of progress. Called from several threads at a time.
 */
public interface VerificationListener {

	/** Tells nobody. */
	VerificationListener NONE = new VerificationListener() {
	};

	/**
	 * More is going to be read.
	 * @param blocks in addition to what was announced before
	 */
	default void planned(VolumeName volume, long blocks) {
	}

	/** A block was read, or found missing. */
	default void blockDone(VolumeName volume, long storedBytes) {
	}

	default void volumeDone(VolumeReport report) {
	}

}
