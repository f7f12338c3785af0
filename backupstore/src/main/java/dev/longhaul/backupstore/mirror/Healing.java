package dev.longhaul.backupstore.mirror;

/**
 * How far blocks are trusted that the destination holds already.
 */
public enum Healing {

	/** One of the same name and size counts as the same. */
	TRUST_LISTING,

	/** Every one is read back; what is damaged there is copied again. */
	READ_BACK

}
