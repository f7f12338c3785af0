package dev.longhaul.backupstore.mirror;

import dev.longhaul.core.volume.VolumeName;

/**
 * Is told of progress. Called from several threads at a time.
 */
public interface MirrorListener {

	/** Tells nobody. */
	MirrorListener NONE = new MirrorListener() {
	};

	/**
	 * More blocks are going to be read, and copied where that is needed.
	 * @param blocks in addition to what was announced before
	 */
	default void planned(VolumeName volume, long blocks) {
	}

	/**
	 * Nothing goes on with a volume until something else is over, or it is skipped.
	 * @param what it waits for: {@code the end of a deletion in the source}
	 */
	default void waiting(VolumeName volume, String what) {
	}

	/** A block was dealt with, or found missing. */
	default void blockDone(VolumeName volume, long storedBytes) {
	}

	default void volumeDone(MirroredVolume volume) {
	}

}
