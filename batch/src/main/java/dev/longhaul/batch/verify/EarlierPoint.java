package dev.longhaul.batch.verify;

import java.util.Optional;
import java.util.Set;

import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.run.RecordedManifest;
import dev.longhaul.core.run.Verification.Reading;
import dev.longhaul.core.verdict.Proof;

/**
 * A restore point of an earlier night, and the manifest that tells of it.
 *
 * @param gone a backup that it needs and the target does not list; empty if all are there
 */
record EarlierPoint(RecordedManifest manifest, RestorePoint restorePoint, Optional<VolumeBackup> gone) {

	/**
	 * @param listed the backups that the target has
	 */
	static EarlierPoint of(RecordedManifest manifest, RestorePoint point, Set<BackupName> listed) {
		Optional<VolumeBackup> gone = point.backups()
			.stream()
			.filter(backup -> !listed.contains(backup.backup()))
			.findFirst();
		return new EarlierPoint(manifest, point, gone);
	}

	boolean isWhole() {
		return gone.isEmpty();
	}

	Reading reading(Proof proof) {
		return new Reading(manifest.night(), restorePoint.application(), manifest.hash(), proof);
	}

}
