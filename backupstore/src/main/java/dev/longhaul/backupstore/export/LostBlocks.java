package dev.longhaul.backupstore.export;

/**
 * What becomes of an image when blocks of it are damaged or missing in the bucket.
 */
public enum LostBlocks {

	/** There is none: an image is whole, or it is not there. */
	ARE_REFUSED,

	/** Zeros take their place, and the report tells each. */
	BECOME_ZEROS

}
