package dev.longhaul.restore.plan;

import java.util.Locale;

/**
 * What a step of a restore does.
 */
public enum StepKind {

	/** Looks whether everything that follows can succeed. */
	PREFLIGHT,

	/** Installs it where it is not. */
	ARGO_CD,

	/** Creates what the kit brings and the cluster has not. */
	BOOTSTRAP,

	/** Switches automated sync off. */
	PAUSE,

	/** Has Argo CD bring it. */
	LONGHORN,

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
	CHECK,

	/** Has Argo CD bring the Git server, and looks at what it serves. */
	REPOSITORY,

	/** Has Argo CD bring everything else. */
	APPLICATIONS,

	/** Switches automated sync on again, where it was on. */
	RESUME;

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
