package dev.longhaul.core.volume;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a volume may be mounted: Kubernetes' word for it, and Longhorn's.
 */
public enum AccessMode {

	READ_WRITE_ONCE("ReadWriteOnce", "rwo"),

	READ_WRITE_MANY("ReadWriteMany", "rwx"),

	/** Longhorn knows it since 1.11. */
	READ_WRITE_ONCE_POD("ReadWriteOncePod", "rwop");

	private final String kubernetes;

	private final String longhorn;

	AccessMode(String kubernetes, String longhorn) {
		this.kubernetes = kubernetes;
		this.longhorn = longhorn;
	}

	/** As claims have it: {@code ReadWriteOnce}. */
	public String kubernetes() {
		return kubernetes;
	}

	/** As volumes and backups have it: {@code rwo}. */
	public String longhorn() {
		return longhorn;
	}

	/** Empty for a word of neither. */
	public static Optional<AccessMode> of(String word) {
		return Arrays.stream(values())
			.filter(mode -> mode.kubernetes.equals(word) || mode.longhorn.equals(word))
			.findFirst();
	}

}
