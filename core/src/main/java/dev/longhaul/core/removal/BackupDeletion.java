package dev.longhaul.core.removal;

import java.time.Clock;
import java.util.Optional;

import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.backup.BackupState;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;

/**
 * Has Longhorn delete one backup, waits until it did, and looks whether it is so.
 */
final class BackupDeletion {

	private final VolumeCluster cluster;

	private final RemovalTarget target;

	private final RemovalWitness witness;

	private final Patience patience;

	private final Clock clock;

	private final Pause pause;

	BackupDeletion(VolumeCluster cluster, RemovalTarget target, RemovalWitness witness, Patience patience, Clock clock,
			Pause pause) {
		this.cluster = cluster;
		this.target = target;
		this.witness = witness;
		this.patience = patience;
		this.clock = clock;
		this.pause = pause;
	}

	/**
	 * @throws LonghaulException unless the bucket holds its manifest no longer
	 */
	void delete(VolumeBackup backup) {
		String targetName = target.requireAvailable();
		Optional<Backup> found = cluster.findBackup(backup.backup());
		if (found.isEmpty()) {
			requireGone(backup, "the cluster does not know it",
					"Longhorn takes over what it finds in the target when it next looks there; then plan again");
			return;
		}
		requireSame(backup, found.get(), targetName);
		try {
			cluster.deleteBackup(backup.backup());
		}
		catch (OutcomeUnknown ex) {
			// Looking tells: the wait below does nothing else.
		}
		awaitDeletion(backup);
		requireGone(backup, "its resource is gone from the cluster",
				"Longhorn lost its target meanwhile, and brings the backup back when it next looks there; then plan "
						+ "again");
	}

	private static void requireSame(VolumeBackup wanted, Backup found, String targetName) {
		if (!found.volume().equals(wanted.volume()) || !found.targetName().equals(targetName)) {
			throw new RefusedRequest(FailureCode.CLUSTER_REFUSED,
					"backup '%s' is one of volume '%s' in target '%s' there, not of volume '%s' in target '%s'"
						.formatted(wanted.backup(), found.volume(), found.targetName(), wanted.volume(), targetName),
					"look at it: it is another backup of the same name");
		}
	}

	private void awaitDeletion(VolumeBackup backup) {
		Optional<Boolean> gone = patience.await(clock, pause, "Longhorn to delete backup '" + backup.backup() + "'",
				() -> isGone(backup) ? Optional.of(true) : Optional.empty());
		if (gone.isEmpty()) {
			throw new TransientFailure(
					FailureCode.TIMED_OUT, "Longhorn has not deleted backup '%s' of volume '%s' within %s"
						.formatted(backup.backup(), backup.volume(), patience.limit()),
					"it may yet do so; look at it, and plan again");
		}
	}

	/** A cluster that does not answer for a moment says nothing. */
	private boolean isGone(VolumeBackup backup) {
		Optional<Backup> found;
		try {
			found = cluster.findBackup(backup.backup());
		}
		catch (TransientFailure ex) {
			return false;
		}
		found.filter(left -> left.state() == BackupState.DELETING && !left.error().isEmpty()).ifPresent(left -> {
			throw new TransientFailure(
					FailureCode.BACKUP_NOT_DELETED, "Longhorn did not delete backup '%s' of volume '%s': %s"
						.formatted(backup.backup(), backup.volume(), left.error()),
					"it tries again by itself, later and later; plan again when it did");
		});
		return found.isEmpty();
	}

	private void requireGone(VolumeBackup backup, String although, String hint) {
		if (witness.holds(backup.volume(), backup.backup())) {
			throw new TransientFailure(FailureCode.BACKUP_NOT_DELETED,
					"the bucket still holds the manifest of backup '%s' of volume '%s', although %s"
						.formatted(backup.backup(), backup.volume(), although),
					hint);
		}
	}

}
