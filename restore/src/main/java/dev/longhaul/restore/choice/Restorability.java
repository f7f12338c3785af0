package dev.longhaul.restore.choice;

/**
 * Whether a backup can be restored, as far as that can be said without its data.
 */
sealed interface Restorability {

	/** Nothing speaks against it. */
	record Restorable(RestorableVolume volume) implements Restorability {
	}

	/**
	 * It cannot.
	 *
	 * @param why a fact with its values
	 */
	record Lost(String why) implements Restorability {
	}

}
