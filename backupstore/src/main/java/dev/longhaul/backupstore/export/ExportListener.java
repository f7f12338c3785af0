package dev.longhaul.backupstore.export;

/**
 * Is told of progress. Called from several threads at a time.
 */
public interface ExportListener {

	/** Tells nobody. */
	ExportListener NONE = new ExportListener() {
	};

	/**
	 * @param blocks to be written in all
	 */
	default void planned(long blocks) {
	}

	default void blockWritten(long storedBytes) {
	}

}
