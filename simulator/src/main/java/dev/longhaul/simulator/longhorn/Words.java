package dev.longhaul.simulator.longhorn;

/**
 * Longhorn's words on the wire.
 */
final class Words {

	static final String FINALIZER = "longhorn.io";

	static final String API_VERSION = "longhorn.io/v1beta2";

	static final String CSI_DRIVER = "driver.longhorn.io";

	static final String VOLUME_LABEL = "longhornvolume";

	static final String BACKUP_VOLUME_LABEL = "backup-volume";

	static final String BACKUP_TARGET_LABEL = "backup-target";

	static final String ACCESS_MODE_LABEL = "longhorn.io/volume-access-mode";

	/** On what goes away only in the cluster, not in the target. */
	static final String ONLY_RESOURCE_LABEL = "longhorn.io/delete-custom-resource-only";

	static final String DEFAULT_TARGET = "default";

	static final String VOLUME_HEAD = "volume-head";

	static final String ATTACHED = "attached";

	static final String DETACHED = "detached";

	static final String ATTACHING = "attaching";

	static final String DETACHING = "detaching";

	static final String CREATING = "creating";

	static final String DELETING = "deleting";

	static final String HEALTHY = "healthy";

	static final String DEGRADED = "degraded";

	static final String FAULTED = "faulted";

	static final String UNKNOWN = "unknown";

	static final String TRUE = "True";

	static final String FALSE = "False";

	/** States of a backup. */
	static final class Backups {

		static final String NEW = "";

		static final String PENDING = "Pending";

		static final String IN_PROGRESS = "InProgress";

		static final String COMPLETED = "Completed";

		static final String ERROR = "Error";

		static final String UNKNOWN = "Unknown";

		static final String DELETING = "Deleting";

		private Backups() {
		}

	}

	private Words() {
	}

}
