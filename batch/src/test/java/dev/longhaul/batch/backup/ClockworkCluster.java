package dev.longhaul.batch.backup;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.backup.BackupState;
import dev.longhaul.core.backup.BackupTarget;
import dev.longhaul.core.cluster.BackupRequest;
import dev.longhaul.core.cluster.SnapshotRequest;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.Claim;
import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.ObjectCopy;
import dev.longhaul.core.volume.Robustness;
import dev.longhaul.core.volume.Snapshot;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.Volume;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.core.volume.VolumeState;

/**
 * A cluster that works by the clock of the test: nothing it is asked for is there at
 * once, and what it backs up it writes into the bucket in Longhorn's own format. At each
 * call it first does what would have happened since the last one.
 */
public final class ClockworkCluster implements VolumeCluster {

	/** What goes wrong with the backups of a volume. */
	public enum Trouble {

		NONE, ERROR, STALL, COMPLETED_WITHOUT_MANIFEST

	}

	private static final Duration SNAPSHOT = Duration.ofSeconds(7);

	private static final Duration START = Duration.ofSeconds(4);

	/**
	 * The real engine has been seen to report completion before it wrote the manifest.
	 */
	private static final Duration COMPLETED = Duration.ofSeconds(64);

	private static final Duration MANIFEST = Duration.ofSeconds(67);

	private static final Duration LOCK_REFRESH = Duration.ofSeconds(60);

	private static final int BLOCK = ClockworkDisks.BLOCK;

	private static final String LOCK = "lock-0123456789abcdef.lck";

	private final MemoryBucket bucket;

	private final BackupstoreLayout layout;

	private final Clock clock;

	private final Map<VolumeName, Volume> volumes = new TreeMap<>();

	private final Map<VolumeName, Trouble> troubles = new TreeMap<>();

	private final Map<SnapshotName, Taken> snapshots = new TreeMap<>();

	private final Map<BackupName, Made> backups = new TreeMap<>();

	private final Map<ClaimRef, Map<String, String>> labels = new TreeMap<>();

	private final List<String> asked = new ArrayList<>();

	private final Map<ClaimRef, RefusedRequest> refusals = new TreeMap<>();

	private final Set<BackupName> finished = new TreeSet<>();

	private final ClockworkDisks disks = new ClockworkDisks();

	private String notes = "";

	private int objectLooks;

	private BackupTarget target = new BackupTarget("default", "s3://bucket@region/", "secret", true, "");

	private Instant downUntil = Instant.MIN;

	private Consumer<BackupName> onDeletion = name -> {
	};

	public ClockworkCluster(MemoryBucket bucket, BackupstoreLayout layout, Clock clock) {
		this.bucket = bucket;
		this.layout = layout;
		this.clock = clock;
	}

	public synchronized void add(String name, String claim) {
		add(new Volume(new VolumeName(name), ByteSize.ofMebibytes(16), ByteSize.ofMebibytes(4), VolumeState.ATTACHED,
				Robustness.HEALTHY, 3, ClaimRef.parse(claim), "default", false, Instant.parse("2026-01-01T00:00:00Z")));
	}

	public synchronized void add(Volume volume) {
		volumes.put(volume.name(), volume);
	}

	public synchronized void label(String claim, String key, String value) {
		labels.put(ClaimRef.parse(claim), Map.of(key, value));
	}

	public synchronized void trouble(String volume, Trouble trouble) {
		troubles.put(new VolumeName(volume), trouble);
	}

	/** What its volumes hold. */
	public ClockworkDisks disks() {
		return disks;
	}

	/** Changes the size of a volume. */
	public synchronized void resize(String name, ByteSize size) {
		volumes.computeIfPresent(new VolumeName(name),
				(key, volume) -> new Volume(key, size, volume.actualSize(), volume.state(), volume.robustness(),
						volume.replicas(), volume.claim(), volume.backupTargetName(), volume.restoring(),
						volume.createdAt()));
	}

	/** Nobody may read that claim. */
	public synchronized void refuse(String claim) {
		refusals.put(ClaimRef.parse(claim),
				new RefusedRequest(FailureCode.CLUSTER_REFUSED, "claims are forbidden", "allow them"));
	}

	/** What is written into each claim. */
	public synchronized void notes(String text) {
		notes = text;
	}

	/** How often somebody looked at a claim's objects. */
	public synchronized int objectLooks() {
		return objectLooks;
	}

	public synchronized void target(BackupTarget target) {
		this.target = target;
	}

	public synchronized void goDownFor(Duration duration) {
		downUntil = clock.instant().plus(duration);
	}

	/** Longhorn may clean up a snapshot once it is backed up. */
	public synchronized void forgetSnapshots() {
		snapshots.clear();
	}

	public synchronized void forgetBackups() {
		backups.clear();
	}

	/** What was really asked for, not what was found there already. */
	public synchronized List<String> asked() {
		return List.copyOf(asked);
	}

	public synchronized int snapshotCount() {
		return snapshots.size();
	}

	@Override
	public synchronized String longhornVersion() {
		work();
		return "v1.12.1";
	}

	@Override
	public synchronized String kubernetesVersion() {
		work();
		return "v1.33.4";
	}

	@Override
	public synchronized Optional<ClaimObjects> findObjects(ClaimRef claim) {
		work();
		objectLooks++;
		RefusedRequest refusal = refusals.get(claim);
		if (refusal != null) {
			throw refusal;
		}
		return volumes.values().stream().filter(volume -> claim.equals(volume.claim())).findFirst().map(volume -> {
			ObjectCopy object = new ObjectCopy.Kept(
					JsonObject.of(Map.of("kind", "PersistentVolumeClaim", "notes", notes)));
			return new ClaimObjects(object, object, new ObjectCopy.Absent("the claim names none"));
		});
	}

	@Override
	public synchronized List<BackupTarget> backupTargets() {
		work();
		return List.of(target);
	}

	@Override
	public synchronized List<Volume> volumes() {
		work();
		return List.copyOf(volumes.values());
	}

	@Override
	public synchronized List<Claim> claims(String namespace) {
		work();
		return volumes.values()
			.stream()
			.map(Volume::claim)
			.filter(claim -> claim != null && claim.namespace().equals(namespace))
			.map(claim -> new Claim(claim, labels.getOrDefault(claim, Map.of())))
			.toList();
	}

	@Override
	public synchronized Optional<Snapshot> findSnapshot(SnapshotName name) {
		work();
		return Optional.ofNullable(snapshots.get(name)).map(this::snapshot);
	}

	@Override
	public synchronized Snapshot takeSnapshot(SnapshotRequest request) {
		work();
		if (!snapshots.containsKey(request.name())) {
			asked.add("snapshot " + request.volume());
			snapshots.put(request.name(), new Taken(request, clock.instant()));
		}
		return snapshot(snapshots.get(request.name()));
	}

	@Override
	public synchronized Optional<Backup> findBackup(BackupName name) {
		work();
		return Optional.ofNullable(backups.get(name)).map(this::backup);
	}

	@Override
	public synchronized Backup makeBackup(BackupRequest request) {
		work();
		if (!backups.containsKey(request.name())) {
			asked.add("backup " + request.volume());
			backups.put(request.name(), new Made(request, clock.instant()));
		}
		return backup(backups.get(request.name()));
	}

	/** Told of each backup before it is deleted; what it throws is the answer. */
	public synchronized void onDeletion(Consumer<BackupName> told) {
		onDeletion = told;
	}

	/** Its blocks stay, as they do while another backup is not finished. */
	@Override
	public synchronized void deleteBackup(BackupName name) {
		work();
		onDeletion.accept(name);
		Made made = backups.remove(name);
		if (made != null) {
			asked.add("deletion " + name);
			bucket.delete(List.of(layout.manifest(made.request().volume(), name)));
		}
	}

	@Override
	public synchronized List<Backup> backups() {
		work();
		return backups.values().stream().map(this::backup).toList();
	}

	private void work() {
		if (clock.instant().isBefore(downUntil)) {
			throw new TransientFailure(FailureCode.CLUSTER_UNREACHABLE, "the cluster is down", "wait");
		}
		backups.values().stream().filter(made -> !finished.contains(made.request().name())).forEach(this::upload);
	}

	private Snapshot snapshot(Taken taken) {
		boolean ready = !clock.instant().isBefore(taken.at().plus(SNAPSHOT));
		return new Snapshot(taken.request().name(), taken.request().volume(), ready, ready ? taken.at() : null, "");
	}

	private Backup backup(Made made) {
		BackupState state = state(made);
		int progress = (state == BackupState.COMPLETED) ? 100 : (state == BackupState.NEW) ? 0 : 45;
		return new Backup(made.request().name(), made.request().volume(), "default", made.request().snapshot(), state,
				progress, ByteSize.ZERO, ByteSize.ZERO, (state == BackupState.ERROR) ? "engine crashed" : "", "",
				(state == BackupState.COMPLETED) ? made.at().plus(COMPLETED) : null, made.request().labels());
	}

	private BackupState state(Made made) {
		Duration age = Duration.between(made.at(), clock.instant());
		if (age.compareTo(START) < 0) {
			return BackupState.NEW;
		}
		if (trouble(made) == Trouble.ERROR) {
			return BackupState.ERROR;
		}
		return (age.compareTo(COMPLETED) < 0 || trouble(made) == Trouble.STALL) ? BackupState.IN_PROGRESS
				: BackupState.COMPLETED;
	}

	private Trouble trouble(Made made) {
		return troubles.getOrDefault(made.request().volume(), Trouble.NONE);
	}

	private void upload(Made made) {
		Duration age = Duration.between(made.at(), clock.instant());
		VolumeName volume = made.request().volume();
		String manifest = layout.manifest(volume, made.request().name());
		if (age.compareTo(START) >= 0 && bucket.find(manifest).isEmpty()) {
			bucket.put(layout.locksPrefix(volume) + LOCK, bytes("{\"Name\":\"lock\",\"Type\":1,\"Acquired\":true}"));
			bucket.put(manifest, bytes(placeholder(made)));
		}
		boolean works = trouble(made) == Trouble.NONE && bucket.find(layout.locksPrefix(volume) + LOCK).isPresent();
		if (works && age.compareTo(LOCK_REFRESH) >= 0) {
			bucket.put(layout.locksPrefix(volume) + LOCK, bytes("{\"Name\":\"lock\",\"Type\":1,\"Acquired\":true}"));
		}
		if (works && age.compareTo(MANIFEST) >= 0) {
			finish(made, manifest);
		}
	}

	private void finish(Made made, String manifest) {
		VolumeName volume = made.request().volume();
		List<Checksum> checksums = new ArrayList<>();
		for (byte[] block : disks.read(volume, made.request().name())) {
			checksums.add(Checksum.of(block, BLOCK));
			bucket.put(layout.block(volume, Checksum.of(block, BLOCK)), block);
		}
		bucket.put(manifest, bytes(manifest(made, checksums)));
		bucket.put(layout.volumeConfig(volume), bytes(volumeConfig(made)));
		bucket.delete(List.of(layout.locksPrefix(volume) + LOCK));
		finished.add(made.request().name());
	}

	private static String placeholder(Made made) {
		return """
				{"Name":"%s","VolumeName":"%s","SnapshotName":"","SnapshotCreatedAt":"","CreatedTime":"","Size":"0",\
				"Labels":null,"Parameters":null,"IsIncremental":false,"CompressionMethod":"none"}\
				""".formatted(made.request().name(), made.request().volume());
	}

	private String manifest(Made made, List<Checksum> checksums) {
		String list = IntStream.range(0, checksums.size())
			.mapToObj(i -> "{\"Offset\":%d,\"BlockChecksum\":\"%s\"}".formatted((long) i * BLOCK, checksums.get(i)))
			.collect(Collectors.joining(","));
		Map<String, String> labels = new LinkedHashMap<>();
		made.request().labels().forEach((key, value) -> labels.put('"' + key + '"', '"' + value + '"'));
		return """
				{"Name":"%s","VolumeName":"%s","SnapshotName":"%s","SnapshotCreatedAt":"%s","CreatedTime":"%s",\
				"Size":"%d","Labels":%s,"Parameters":{"backup-block-size":"%d"},"IsIncremental":false,\
				"CompressionMethod":"none","NewlyUploadedDataSize":"%d",\
				"Blocks":[%s],"SingleFile":{"FilePath":""}}\
				""".formatted(made.request().name(), made.request().volume(), made.request().snapshot(), made.at(),
				clock.instant(), (long) BLOCK * checksums.size(), labels.toString().replace("=", ":"), BLOCK,
				(long) BLOCK * checksums.size(), list);
	}

	private String volumeConfig(Made made) {
		return """
				{"Name":"%s","Size":"16777216","Labels":null,"CreatedTime":"2026-01-02T00:00:00Z",\
				"LastBackupName":"%s","LastBackupAt":"%s","BlockCount":"1","BackingImageName":"\\"\\"",\
				"BackingImageChecksum":"\\"\\"","CompressionMethod":"\\"none\\"","StorageClassName":"\\"\\"",\
				"DataEngine":"\\"v1\\""}\
				""".formatted(made.request().volume(), made.request().name(), made.at());
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private record Taken(SnapshotRequest request, Instant at) {
	}

	private record Made(BackupRequest request, Instant at) {
	}

}
