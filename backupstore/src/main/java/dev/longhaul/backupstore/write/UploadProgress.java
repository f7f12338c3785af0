package dev.longhaul.backupstore.write;

/**
 * Hears how far an upload is, from several threads.
 */
@FunctionalInterface
public interface UploadProgress {

	/** Hears nothing. */
	UploadProgress NONE = (processed, total) -> {
	};

	/**
	 * @param processed blocks that are in the target now, put or found there
	 * @param total blocks the upload looks at
	 */
	void processed(int processed, int total);

}
