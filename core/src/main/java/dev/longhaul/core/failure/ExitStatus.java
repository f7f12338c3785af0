package dev.longhaul.core.failure;

/**
 * The exit codes of every Longhaul program. Scripts rely on them; a meaning never
 * changes.
 */
public enum ExitStatus {

	/** Everything asked for was done, and what was read back is intact. */
	PROVEN(0),

	/** Damage was found. */
	DAMAGE(1),

	/** Wrong usage or configuration: the same call fails again until it is corrected. */
	USAGE(2),

	/** The target or the cluster could not be reached, or refused. */
	UNAVAILABLE(3),

	/** Interrupted before the end; what was half done was undone. */
	INTERRUPTED(4);

	private final int code;

	ExitStatus(int code) {
		this.code = code;
	}

	public int code() {
		return code;
	}

}
