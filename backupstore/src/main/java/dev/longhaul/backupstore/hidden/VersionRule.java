package dev.longhaul.backupstore.hidden;

import dev.longhaul.backupstore.object.ObjectVersion;

/**
 * What a hidden version is to the volume, whatever its age.
 */
@FunctionalInterface
interface VersionRule {

	/**
	 * @param newest under the same key; a mark if the key is absent
	 */
	HiddenReason judge(ObjectVersion hidden, ObjectVersion newest);

}
