package dev.longhaul.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.stream.ExportOrder;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.backupstore.write.LockPace;
import dev.longhaul.bucket.AccessKey;
import dev.longhaul.bucket.EmbeddedS3;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.cluster.BackupRequest;
import dev.longhaul.core.cluster.SnapshotRequest;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunExports.ApplicationExports;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.Original;
import dev.longhaul.core.volume.Snapshot;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import dev.longhaul.longhorn.crd.BackupVolume;
import dev.longhaul.simulator.ClusterPlan;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.VolumePlan;
import dev.longhaul.simulator.longhorn.SimulatedTiming;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A cluster with a bucket and some nights in it: Longhorn has made the backups, and what
 * a night would have recorded of them is written beside them, by an older calendar.
 */
final class NightsInCluster implements AutoCloseable {

	static final String URL = "s3://longhorn-backups@eu-central-003/";

	private static final AccessKey KEY = new AccessKey("retention-key", "retention-secret");

	private final EmbeddedS3 bucket;

	private final SimulatedCluster cluster;

	private final LonghornConnection connection;

	private boolean isLost;

	private NightsInCluster(EmbeddedS3 bucket, SimulatedCluster cluster) {
		this.bucket = bucket;
		this.cluster = cluster;
		this.connection = LonghornConnection.fromKubeconfig(cluster.kubeconfig(), null, CredentialPlugins.REFUSED,
				SimulatedCluster.NAMESPACE, Clock.systemUTC());
	}

	static NightsInCluster start(Path directory) throws IOException {
		EmbeddedS3 bucket = EmbeddedS3.inDirectory(directory.resolve("bucket"), KEY);
		bucket.createBucket("longhorn-backups");
		SimulatedTiming fast = SimulatedTiming.FAST;
		SimulatedTiming timing = new SimulatedTiming(fast.attachmentAppears(), fast.attach(), fast.detach(),
				fast.engineMonitor(), fast.backupMonitor(), fast.retry(), Duration.ofSeconds(6),
				new LockPace(Duration.ofMillis(40), Duration.ofSeconds(1)));
		SimulatedCluster cluster = SimulatedCluster
			.start(ClusterPlan.in(directory.resolve("cluster"), Clock.systemUTC()).withTiming(timing));
		NightsInCluster nights = new NightsInCluster(bucket, cluster);
		cluster.useTarget(URL, nights.variables(), Duration.ofHours(1));
		return nights;
	}

	SimulatedCluster simulated() {
		return cluster;
	}

	VolumeCluster longhorn() {
		return connection.cluster();
	}

	/** The credentials of the bucket. */
	Map<String, String> variables() {
		return Map.of("AWS_ACCESS_KEY_ID", KEY.id(), "AWS_SECRET_ACCESS_KEY", KEY.secret(), "AWS_ENDPOINTS",
				bucket.endpoint().toString());
	}

	/** A command line that knows the credentials, and waits. */
	Cli cli() {
		Cli cli = new Cli().inRealTime();
		variables().forEach(cli::with);
		return cli;
	}

	/** A volume of 64 MiB whose files stay the same but for one. */
	VolumeName volume(String name, String claim) {
		cluster.createVolume(VolumePlan.of(name, ByteSize.ofMebibytes(64), claim).withContents(files -> {
			byte[] content = new byte[3 * 1024 * 1024];
			new Random(7).nextBytes(content);
			Files.write(files.resolve("shared"), content);
		}));
		VolumeName volume = new VolumeName(name);
		cluster.attach(volume);
		return volume;
	}

	/** A night of one application with one volume, read back and proven. */
	void night(String application, VolumeName volume, String claim, Instant due) throws IOException {
		night(application, Map.of(volume, claim), null, due);
	}

	/**
	 * A night of one application, read back and proven.
	 * @param claims by volume
	 * @param revision of the repository; null if nobody recorded it
	 */
	void night(String application, Map<VolumeName, String> claims, @Nullable String revision, Instant due)
			throws IOException {
		Night night = new Night(new JobName(application + "-nightly"), due);
		ApplicationName name = new ApplicationName(application);
		List<VolumeBackup> backups = new ArrayList<>();
		for (Map.Entry<VolumeName, String> claim : new TreeMap<>(claims).entrySet()) {
			VolumeName volume = claim.getKey();
			SnapshotName snapshot = night.snapshotName(name, volume);
			BackupName backup = night.backupName(name, volume);
			Files.writeString(cluster.files(volume).resolve("of-the-night"), due.toString());
			backup(volume, snapshot, backup);
			Original original = new Original(ByteSize.ofMebibytes(64), 0, null, ClaimObjects.unknown("nobody asked"));
			backups.add(new VolumeBackup(ClaimRef.parse(claim.getValue()), volume, snapshot, due, backup,
					ByteSize.ofMebibytes(8), original));
		}
		record(night, revision, new RestorePoint(name, backups));
	}

	/** A backup that nobody records. */
	void backup(VolumeName volume, SnapshotName snapshot, BackupName backup) {
		longhorn().takeSnapshot(new SnapshotRequest(snapshot, volume, Map.of()));
		await("the snapshot", () -> longhorn().findSnapshot(snapshot).filter(Snapshot::ready).isPresent());
		longhorn().makeBackup(new BackupRequest(backup, volume, snapshot, "default", Map.of()));
		await("the backup", () -> longhorn().findBackup(backup).filter(Backup::isReportedComplete).isPresent());
		await("Longhorn to know the backup volume", () -> !cluster.objects().list(BackupVolume.class).isEmpty());
	}

	private void record(Night night, @Nullable String revision, RestorePoint point) {
		Instant due = night.scheduledFor();
		RunCatalog catalog = new RunCatalog(cluster.target().store(), cluster.target().layout(), Pause.real(),
				Seal.none());
		catalog.write(
				new RunManifest(night, null, URL, "v1.9.1", revision, due.plusSeconds(60), List.of(point), Map.of()));
		Verdict verdict = new Verdict(point.application(),
				List.of(new Judgement(Clause.ERRORS, Answer.HOLDS, "4 blocks read back")));
		Proof proof = new Proof.Proven(due.plusSeconds(90), 4, ByteSize.ofMebibytes(8));
		catalog.write(new RunProof(night, catalog.findManifest(night).orElseThrow().hash(), due.plusSeconds(90), null,
				List.of(new RunProof.ApplicationProof(verdict, proof, due))));
	}

	/** What the same night would have exported beside its restore point. */
	void export(String application, Instant due, String name) {
		Night night = new Night(new JobName(application + "-nightly"), due);
		ApplicationName owner = new ApplicationName(application);
		BackupstoreLayout layout = cluster.target().layout();
		try (StreamingStore store = Targets.open(TargetUrl.parse(URL), variables(), Clock.systemUTC())) {
			StoredExport export = new ExportArchive(store, layout, Pause.real(), Clock.systemUTC()).keep(
					new ExportOrder(night, owner, new ExportName(name), "output of " + name, List.of()),
					new ByteArrayInputStream(name.getBytes(StandardCharsets.UTF_8)));
			RunCatalog catalog = new RunCatalog(store, layout, Pause.real(), Seal.none());
			catalog.write(new RunExports(night, catalog.findManifest(night).orElseThrow().hash(), due.plusSeconds(90),
					List.of(new ApplicationExports(owner, List.of(export), Map.of()))));
		}
	}

	/** Names of the files of all exports of an application in the bucket. */
	List<String> exports(String application) {
		String prefix = cluster.target().layout().longhaulPrefix() + "exports/" + application + "-nightly/";
		return cluster.target()
			.store()
			.list(prefix, "")
			.objects()
			.stream()
			.map(object -> object.key().substring(prefix.length()))
			.toList();
	}

	/** Names of the files in a folder of a volume in the bucket. */
	List<String> stored(VolumeName volume, String folder) {
		String prefix = cluster.target().layout().volumePrefix(volume) + folder;
		return cluster.target()
			.store()
			.list(prefix, "")
			.objects()
			.stream()
			.map(object -> object.key().substring(prefix.length()))
			.toList();
	}

	static void await(String what, Callable<Boolean> condition) {
		Awaitility.await(what).atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(50)).until(condition);
	}

	/** The cluster is gone for good; the bucket stays. */
	void lose() {
		if (!isLost) {
			isLost = true;
			connection.close();
			cluster.close();
		}
	}

	@Override
	public void close() throws IOException {
		lose();
		bucket.close();
	}

}
