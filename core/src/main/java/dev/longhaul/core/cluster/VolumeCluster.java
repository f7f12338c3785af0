package dev.longhaul.core.cluster;

import java.util.List;
import java.util.Optional;

import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.backup.BackupTarget;
import dev.longhaul.core.volume.Claim;
import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.Snapshot;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.Volume;

/**
 * A cluster with Longhorn. No call waits for Longhorn to finish anything: each returns
 * what is there now, and the caller looks again.
 * <p>
 * An empty {@link Optional} means the cluster answered that there is none. Whoever cannot
 * be reached answers with an exception: a
 * {@link dev.longhaul.core.failure.TransientFailure} if asking again may help, a
 * {@link dev.longhaul.core.failure.RefusedRequest} if not, and
 * {@link dev.longhaul.core.failure.OutcomeUnknown} if a change was sent and its answer
 * lost.
 */
public interface VolumeCluster {

	/** Longhorn's version as it names itself, such as {@code v1.9.1}. */
	String longhornVersion();

	/** Kubernetes' version as it names itself, such as {@code v1.33.4+k3s1}. */
	String kubernetesVersion();

	List<BackupTarget> backupTargets();

	/** All volumes, by name. */
	List<Volume> volumes();

	/** All claims of a namespace, by name; none if there is no such namespace. */
	List<Claim> claims(String namespace);

	/**
	 * A claim with its PersistentVolume and its StorageClass, as they are declared. What
	 * of the latter two is refused, or too large to be kept, is told in its place.
	 * @return empty if there is no such claim
	 */
	Optional<ClaimObjects> findObjects(ClaimRef claim);

	Optional<Snapshot> findSnapshot(SnapshotName name);

	/**
	 * Asks for a snapshot, unless one of that name is there already: asking twice is
	 * asking once.
	 * @return the snapshot as it is right after asking, usually not ready yet
	 */
	Snapshot takeSnapshot(SnapshotRequest request);

	Optional<Backup> findBackup(BackupName name);

	/**
	 * Asks for a backup, unless one of that name is there already: asking twice is asking
	 * once.
	 * @return the backup as it is right after asking
	 */
	Backup makeBackup(BackupRequest request);

	/**
	 * Asks Longhorn to delete a backup, from its target too: asking twice is asking once,
	 * and one that is not there is deleted. It is gone from the target when its resource
	 * is, if Longhorn could reach the target all the while; look there.
	 */
	void deleteBackup(BackupName name);

	/** All backups the cluster knows, by name. */
	List<Backup> backups();

}
