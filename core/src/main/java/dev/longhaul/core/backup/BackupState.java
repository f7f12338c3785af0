package dev.longhaul.core.backup;

/**
 * Longhorn's words for the state of a Backup resource. A word it adds later is
 * {@link #UNKNOWN}.
 */
public enum BackupState {

	/** Not looked at by Longhorn yet: the empty string on the wire. */
	NEW(false),

	PENDING(false),

	IN_PROGRESS(false),

	/** Longhorn says it is done. That alone proves nothing: see {@link BackupWitness}. */
	COMPLETED(true),

	ERROR(true),

	UNKNOWN(true),

	DELETING(true);

	private final boolean terminal;

	BackupState(boolean terminal) {
		this.terminal = terminal;
	}

	/** Whether Longhorn will not work on the backup any more. */
	public boolean isTerminal() {
		return terminal;
	}

}
