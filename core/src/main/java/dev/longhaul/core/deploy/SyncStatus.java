package dev.longhaul.core.deploy;

/**
 * How the cluster compares with what an Application declares.
 */
public enum SyncStatus {

	SYNCED("Synced"), OUT_OF_SYNC("OutOfSync"),

	/** What it declares cannot be had: its repository does not answer. */
	UNKNOWN("Unknown");

	private final String text;

	SyncStatus(String text) {
		this.text = text;
	}

	/** As Argo CD writes it. */
	public String text() {
		return text;
	}

	/** What is not known here is unknown. */
	public static SyncStatus of(String text) {
		for (SyncStatus status : values()) {
			if (status.text.equals(text)) {
				return status;
			}
		}
		return UNKNOWN;
	}

}
