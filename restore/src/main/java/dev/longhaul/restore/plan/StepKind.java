package dev.longhaul.restore.plan;

import java.util.Locale;

/**
 * What a step of a restore does.
 */
public enum StepKind {

	/** Looks whether everything that follows can succeed. */
	PREFLIGHT,

	/** Lets Longhorn see the bucket, and waits until it lists the backups. */
	BACKUP_TARGET,

	/** Creates those that are missing. */
	NAMESPACES,

	/** Creates those that are missing and were recorded. */
	STORAGE_CLASSES,

	/** Has Longhorn restore the volumes of an application. */
	VOLUMES,

	/** Offers the volumes of an application under their claims. */
	CLAIMS,

	/** Compares what came about with the plan. */
	CHECK;

	/** {@code backup-target}. */
	public String word() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Whether a plan has one of it for each application. */
	public boolean isOfOneApplication() {
		return this == VOLUMES || this == CLAIMS;
	}

	/**
	 * @throws IllegalArgumentException if there is none
	 */
	static StepKind of(String word) {
		for (StepKind kind : values()) {
			if (kind.word().equals(word)) {
				return kind;
			}
		}
		throw new IllegalArgumentException("'%s' is no step of a restore".formatted(word));
	}

}
