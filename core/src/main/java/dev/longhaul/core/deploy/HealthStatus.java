package dev.longhaul.core.deploy;

/**
 * How well what an Application deployed is, the best first.
 */
public enum HealthStatus {

	HEALTHY("Healthy"), SUSPENDED("Suspended"), PROGRESSING("Progressing"), MISSING("Missing"), DEGRADED("Degraded"),
	UNKNOWN("Unknown");

	private final String text;

	HealthStatus(String text) {
		this.text = text;
	}

	/** As Argo CD writes it. */
	public String text() {
		return text;
	}

	/** What is not known here is unknown. */
	public static HealthStatus of(String text) {
		for (HealthStatus status : values()) {
			if (status.text.equals(text)) {
				return status;
			}
		}
		return UNKNOWN;
	}

}
