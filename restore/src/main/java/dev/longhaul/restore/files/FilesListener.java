package dev.longhaul.restore.files;

import dev.longhaul.backupstore.export.ExportListener;
import dev.longhaul.core.volume.ByteSize;

/**
 * Is told how far a restore of files is.
 */
public interface FilesListener {

	/** Tells nobody. */
	FilesListener NONE = new FilesListener() {
	};

	/**
	 * An image is going to be fetched.
	 * @param name of the volume, for people
	 * @return is told how far it is
	 */
	default ExportListener fetching(String name) {
		return ExportListener.NONE;
	}

	/** A file system is going to be looked at by its own tools. */
	default void checking(String name) {
	}

	/**
	 * Files are going to be copied.
	 * @param size about as much as there is
	 */
	default void copying(String name, ByteSize size) {
	}

	/** So many bytes more are copied. */
	default void copied(long bytes) {
	}

	/** Nothing more comes of this volume. */
	default void done(VolumeOutcome outcome) {
	}

}
