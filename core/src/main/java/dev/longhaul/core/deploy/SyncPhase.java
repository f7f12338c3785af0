package dev.longhaul.core.deploy;

/**
 * What came of the last operation on an Application.
 */
public enum SyncPhase {

	/** There was none, or it cannot be read. */
	NONE(""), RUNNING("Running"), TERMINATING("Terminating"), SUCCEEDED("Succeeded"),

	/** Something could not be applied. */
	FAILED("Failed"),

	/** It could not be begun. */
	ERROR("Error");

	private final String text;

	SyncPhase(String text) {
		this.text = text;
	}

	/** Whether it is still under way. */
	public boolean isUnderWay() {
		return this == RUNNING || this == TERMINATING;
	}

	/**
	 * @param text as Argo CD writes it
	 */
	public static SyncPhase of(String text) {
		for (SyncPhase phase : values()) {
			if (phase.text.equals(text)) {
				return phase;
			}
		}
		return NONE;
	}

}
