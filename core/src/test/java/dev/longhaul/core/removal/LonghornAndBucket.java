package dev.longhaul.core.removal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.backup.BackupState;
import dev.longhaul.core.backup.BackupTarget;
import dev.longhaul.core.cluster.BackupRequest;
import dev.longhaul.core.cluster.SnapshotRequest;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.retention.StoredPoint;
import dev.longhaul.core.retention.Use;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.Claim;
import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.Snapshot;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.Volume;
import dev.longhaul.core.volume.VolumeName;

/**
 * Longhorn and its bucket as far as deletions go: what is asked for is done a few looks
 * later, first in the bucket and then in the cluster. Every call is told of before it is
 * answered, so that a script can fail it.
 */
final class LonghornAndBucket implements VolumeCluster, RemovalWitness {

	static final String URL = "s3://longhorn-backups@eu-central-003/";

	private static final int LOOKS = 2;

	private final Map<BackupName, VolumeName> inBucket = new LinkedHashMap<>();

	private final Map<BackupName, Backup> inCluster = new LinkedHashMap<>();

	private final Map<BackupName, Integer> looksLeft = new HashMap<>();

	private final List<String> calls = new ArrayList<>();

	private final Map<VolumeName, Use> uses = new HashMap<>();

	private Consumer<String> script = call -> {
	};

	private String target = URL;

	private boolean available = true;

	void put(StoredPoint point) {
		for (VolumeBackup backup : point.restorePoint().backups()) {
			inBucket.put(backup.backup(), backup.volume());
			inCluster.put(backup.backup(), backup(backup.backup(), backup.volume(), BackupState.COMPLETED, ""));
		}
	}

	private static Backup backup(BackupName name, VolumeName volume, BackupState state, String error) {
		return new Backup(name, volume, "default", null, state, 100, ByteSize.ZERO, ByteSize.ZERO, error, "", null,
				Map.of());
	}

	/**
	 * Told of each call, such as {@code deleteBackup b-1}; what it throws is the answer.
	 */
	void onCall(Consumer<String> given) {
		script = given;
	}

	void target(String url, boolean isAvailable) {
		target = url;
		available = isAvailable;
	}

	void use(VolumeName volume, Use use) {
		uses.put(volume, use);
	}

	/** Longhorn's own attempt to delete it fails. */
	void failToDelete(BackupName name, String error) {
		inCluster.computeIfPresent(name, (key, backup) -> backup(key, backup.volume(), BackupState.DELETING, error));
		looksLeft.remove(name);
	}

	void replaceInCluster(BackupName name, VolumeName volume) {
		inCluster.put(name, backup(name, volume, BackupState.COMPLETED, ""));
	}

	void forgetInCluster(BackupName name) {
		inCluster.remove(name);
	}

	/** Both have forgotten its backups. */
	void forget(StoredPoint point) {
		point.restorePoint().backups().forEach(backup -> {
			inBucket.remove(backup.backup());
			inCluster.remove(backup.backup());
		});
	}

	/** As Longhorn does while it cannot reach the target. */
	void dropOnlyTheResource(BackupName name) {
		inCluster.remove(name);
		looksLeft.remove(name);
	}

	List<BackupName> left() {
		return List.copyOf(new TreeSet<>(inBucket.keySet()));
	}

	List<String> calls() {
		return calls;
	}

	List<String> deletions() {
		return calls.stream().filter(call -> call.startsWith("deleteBackup")).toList();
	}

	private void told(String call) {
		calls.add(call);
		script.accept(call);
	}

	@Override
	public List<BackupTarget> backupTargets() {
		told("backupTargets");
		return List.of(new BackupTarget("default", target, "secret", available, available ? "" : "no route to host"));
	}

	@Override
	public Optional<Backup> findBackup(BackupName name) {
		told("findBackup " + name);
		Integer looks = looksLeft.computeIfPresent(name, (key, left) -> left - 1);
		if (looks != null && looks == 1) {
			inBucket.remove(name);
		}
		if (looks != null && looks <= 0) {
			inCluster.remove(name);
			looksLeft.remove(name);
		}
		return Optional.ofNullable(inCluster.get(name));
	}

	@Override
	public void deleteBackup(BackupName name) {
		if (inCluster.containsKey(name)) {
			looksLeft.putIfAbsent(name, LOOKS);
			inCluster.computeIfPresent(name, (key, backup) -> backup(key, backup.volume(), BackupState.DELETING, ""));
		}
		told("deleteBackup " + name);
	}

	@Override
	public List<Use> usesOf(VolumeName volume) {
		told("usesOf " + volume);
		return uses.containsKey(volume) ? List.of(uses.get(volume)) : List.of();
	}

	@Override
	public boolean holds(VolumeName volume, BackupName backup) {
		told("holds " + backup);
		return volume.equals(inBucket.get(backup));
	}

	@Override
	public Optional<String> whyBlocksStay(VolumeName volume) {
		told("whyBlocksStay " + volume);
		return Optional.empty();
	}

	@Override
	public String longhornVersion() {
		throw new UnsupportedOperationException();
	}

	@Override
	public String kubernetesVersion() {
		throw new UnsupportedOperationException();
	}

	@Override
	public List<Volume> volumes() {
		throw new UnsupportedOperationException();
	}

	@Override
	public List<Claim> claims(String namespace) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Optional<ClaimObjects> findObjects(ClaimRef claim) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Optional<Snapshot> findSnapshot(SnapshotName name) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Snapshot takeSnapshot(SnapshotRequest request) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Backup makeBackup(BackupRequest request) {
		throw new UnsupportedOperationException();
	}

	@Override
	public List<Backup> backups() {
		throw new UnsupportedOperationException();
	}

}
