package dev.longhaul.core.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;

/**
 * A cluster with Longhorn that volumes are restored into. No call waits for anything to
 * finish, and none changes what is there already. Failures are those of
 * {@link VolumeCluster}.
 */
public interface RestoreCluster {

	/**
	 * By what a restore knows what it has made: a label of volumes, and an annotation of
	 * claims and PersistentVolumes.
	 */
	String MARK = "longhaul.dev/restore";

	/** Whether the cluster knows what a volume of Longhorn is. */
	boolean isServed();

	/** The nodes that can hold replicas, by name. */
	List<StorageNode> storageNodes();

	/**
	 * How many restores Longhorn lets a node do at once; none at all if it is 0.
	 */
	int restoresPerNode();

	/** How many snapshots Longhorn lets a volume have. */
	int snapshotsPerVolume();

	/** Whether there is a node of that name and Longhorn works on it. */
	boolean isReady(String node);

	/**
	 * Asks Longhorn to look into a backup target now, and not when it would anyway.
	 * @param target name of the BackupTarget
	 */
	void requestSync(String target);

	/**
	 * Asks Longhorn to read a backup anew: one that it listed before it was finished is
	 * looked at no more, and of an unknown block size.
	 * @param blockSize that it has, if Longhorn does not know one; what it knows stays
	 */
	void requestReading(BackupName backup, ByteSize blockSize);

	/** Whether Longhorn knows the block size of a backup, if it asks for that at all. */
	boolean knowsBlockSize(BackupName backup);

	/**
	 * Gives the default backup target a URL and credentials, unless it has a URL.
	 * @return whether it was done
	 */
	boolean connectDefaultTarget(String url, TargetCredentials credentials);

	Optional<RestoredVolume> findVolume(VolumeName name);

	/**
	 * Asks for a volume to be restored, unless one of that name is there already: asking
	 * twice is asking once.
	 * @return the volume as it is right after asking, ours or another
	 */
	RestoredVolume restoreVolume(RestoreRequest request);

	/** Volumes that stand by, by name. */
	List<RestoredVolume> standbyVolumes();

	/**
	 * Has a standby volume brought to the newest backup there is, and made one that can
	 * be used, unless it was changed since it was looked at. There is no way back.
	 * @param labels that it gets beside its own
	 */
	void activate(RestoredVolume standby, Map<String, String> labels);

	/**
	 * Deletes a volume that could not be restored, unless it was changed since it was
	 * looked at.
	 */
	void deleteFailed(RestoredVolume failed);

	/**
	 * @param kind of PersistentVolume, StorageClass or Namespace
	 * @return as it was declared; empty if there is none
	 */
	Optional<JsonObject> find(String kind, String name);

	/** A claim as it was declared; empty if there is none. */
	Optional<JsonObject> findClaim(ClaimRef claim);

	/**
	 * Creates a Namespace, StorageClass, PersistentVolume or PersistentVolumeClaim,
	 * unless one of that name is there already.
	 */
	void create(JsonObject object);

	/**
	 * Whether a claim can be bound to a PersistentVolume at once. One that is made before
	 * waits until the cluster looks again.
	 */
	boolean isOffered(String persistentVolume);

	/** Whether a claim is bound to a PersistentVolume of that name. */
	boolean isBound(ClaimRef claim, String persistentVolume);

}
