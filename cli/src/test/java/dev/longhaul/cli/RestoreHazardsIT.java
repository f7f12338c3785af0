package dev.longhaul.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.backupstore.write.BackupstoreWriter;
import dev.longhaul.backupstore.write.LockPace;
import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.Schema;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import dev.longhaul.simulator.ClusterPlan;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.VolumePlan;
import dev.longhaul.simulator.engine.StoredBlocks;
import dev.longhaul.simulator.engine.Target;
import dev.longhaul.simulator.fault.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Goal: what Longhorn does to restores, {@code docs/restore-hazards.md} has the list,
 * ends with the data or with the next command to type. Method: one bucket with two nights
 * of a volume, its mirror, and an empty cluster for each hazard. What is damaged in the
 * bucket is put right again.
 */
class RestoreHazardsIT {

	private static final Instant FIRST_NIGHT = Instant.parse("2026-11-07T01:30:00Z");

	private static final Instant SECOND_NIGHT = Instant.parse("2026-11-08T01:30:00Z");

	private static final VolumeName GITEA = new VolumeName("pvc-gitea");

	private static final BackupName OLDER = backup(FIRST_NIGHT);

	private static final BackupName NEWER = backup(SECOND_NIGHT);

	private static final BackupstoreLayout LAYOUT = new BackupstoreLayout("");

	private static final Pattern CHECKSUM = Pattern.compile("\"BlockChecksum\":\"([0-9a-f]{64})\"");

	private static final Pattern COMMAND = Pattern.compile("longhaul (restore plan .+ --output json) > older\\.json");

	/** So many seconds go by in one. */
	private static final int HURRY = 30;

	@TempDir
	private static Path shared;

	private static NightsInCluster lost;

	private static StreamingStore bucket;

	private static String mirror;

	@TempDir
	private Path directory;

	private SimulatedCluster cluster;

	private LonghornConnection there;

	private Path plan;

	@BeforeAll
	static void loseACluster() throws IOException {
		lost = NightsInCluster.start(shared);
		VolumeName volume = lost.volume(GITEA.value(), "gitea/data");
		lost.night("gitea", volume, "gitea/data", FIRST_NIGHT);
		lost.night("gitea", volume, "gitea/data", SECOND_NIGHT);
		lost.lose();
		bucket = Targets.open(TargetUrl.parse(NightsInCluster.URL), lost.variables(), Clock.systemUTC());
		mirror = "file://" + Files.createDirectory(shared.resolve("mirror"));
		Outcome mirrored = lost.cli().run("mirror", NightsInCluster.URL, mirror);
		assertThat(mirrored.status()).as(mirrored.errors()).isZero();
	}

	@AfterAll
	static void closeTheBucket() throws IOException {
		if (bucket != null) {
			bucket.close();
		}
		if (lost != null) {
			lost.close();
		}
	}

	@BeforeEach
	void startAnEmptyCluster() throws IOException {
		cluster = SimulatedCluster.start(ClusterPlan.in(directory.resolve("new"), Clock.systemUTC())
			.withRelease("v1.12.1")
			.withNodes(List.of("node-1", "node-2", "node-3")));
		there = LonghornConnection.fromKubeconfig(cluster.kubeconfig(), null, CredentialPlugins.REFUSED,
				SimulatedCluster.NAMESPACE, Clock.systemUTC());
		plan = directory.resolve("plan.json");
		write(lost.cli().run("restore", "plan", "--target", NightsInCluster.URL, "--output", "json"));
	}

	@AfterEach
	void stop() {
		assertThat(cluster.faults().unfired()).isEmpty();
		there.close();
		cluster.close();
	}

	@Test
	void aBlockThatIsMissingInTheMiddleOfARestoreIsPutBackFromAMirror() throws IOException {
		int block = blockOfTheNewerOnly();
		String key = LAYOUT.block(GITEA, checksums(NEWER).get(block));
		byte[] before = read(key);
		StoredBlocks.damage(target(), GITEA, NEWER, block, Fault.Damage.MISSING);

		Outcome run = run("--mirror", mirror, "--output", "json");

		assertThat(run.status()).as(run.out() + run.errors()).isZero();
		assertThat(run.errors()).contains("note: 1 of ",
				" blocks of backup '%s' were missing; put back from the mirror".formatted(NEWER),
				"gitea/data   Longhorn gave up and is asked again: ");
		assertThat(read(key)).isEqualTo(before);
		assertThat(cluster.contentHash(GITEA)).isEqualTo(cluster.contentHash(GITEA, NEWER));
		assertThat(Files.readString(directory.resolve("plan.json.journal"))).contains("\"blocks-put-back\"");
	}

	@Test
	void withoutAMirrorTheNextOlderProvenRestorePointIsOfferedAndCanBeRestored() throws IOException {
		int block = blockOfTheNewerOnly();
		String key = LAYOUT.block(GITEA, checksums(NEWER).get(block));
		byte[] before = read(key);
		StoredBlocks.damage(target(), GITEA, NEWER, block, Fault.Damage.CORRUPT);
		Outcome run = run("--output", "json");
		Matcher command = COMMAND.matcher(run.json().at("/volumes/0/hint").asString());

		assertThat(run.status()).as(run.errors()).isEqualTo(3);
		assertThat(run.json().at("/volumes/0/code").asString()).isEqualTo("BACKUP_DAMAGED");
		assertThat(run.json().at("/volumes/0/reason").asString())
			.startsWith("backup '%s' of volume '%s' lacks 1 of its ".formatted(NEWER, GITEA))
			.contains(key);
		assertThat(command.find()).as(run.out()).isTrue();
		plan = directory.resolve("older.json");
		write(lost.cli().run(command.group(1).split(" ")));
		Outcome older = run();

		assertThat(older.status()).as(older.out() + older.errors()).isZero();
		bucket.put(key, before);
		assertThat(cluster.contentHash(GITEA)).isEqualTo(cluster.contentHash(GITEA, OLDER))
			.isNotEqualTo(cluster.contentHash(GITEA, NEWER));
	}

	/** Restore points share blocks: an older one is not offered if it lacks the same. */
	@Test
	void whatEveryRestorePointLacksIsSaid() throws IOException {
		List<Checksum> newer = checksums(NEWER);
		int block = newer.indexOf(checksums(OLDER).stream().filter(newer::contains).findFirst().orElseThrow());
		String key = LAYOUT.block(GITEA, checksums(NEWER).get(block));
		byte[] before = read(key);
		StoredBlocks.damage(target(), GITEA, NEWER, block, Fault.Damage.MISSING);

		Outcome run = run("--output", "json");

		bucket.put(key, before);
		assertThat(run.json().at("/volumes/0/hint").asString())
			.startsWith("none of 1 older proven restore points of 'gitea' does without it; 'longhaul restore files' ");
	}

	/** Hazard 9, from another cluster, whose Longhorn knows nothing of this one. */
	@Test
	void nobodyDeletesWhatIsBeingRestored() throws IOException {
		Fault unavailable = new Fault.TargetUnavailable("default");
		cluster.faults().inject(unavailable);
		cluster.longhorn().target("default", NightsInCluster.URL, lost.variables(), Duration.ofSeconds(1));
		CompletableFuture<Outcome> run = CompletableFuture.supplyAsync(() -> run("--output", "json"));
		NightsInCluster.await("the lock of the restore",
				() -> locks().stream().anyMatch(text -> text.contains("true")));
		BackupstoreWriter retention = new BackupstoreWriter(bucket, LAYOUT,
				new LockPace(Duration.ofMillis(100), Duration.ofSeconds(60)), Clock.systemUTC(), Pause.real());

		assertThatThrownBy(() -> retention.delete(GITEA, NEWER)).isInstanceOf(TransientFailure.class)
			.hasMessageContaining("when performing backup delete, please try again later");
		assertThat(there.cluster().volumes()).as("Longhorn has not begun, nor locked anything").isEmpty();
		cluster.faults().end(unavailable);

		assertThat(run.join().status()).as(run.join().errors()).isZero();
		assertThat(cluster.contentHash(GITEA)).isEqualTo(cluster.contentHash(GITEA, NEWER));
		assertThat(locks()).as("nothing is left behind").isEmpty();
	}

	/** Hazard 8, issues 2103, 1270, 1336. */
	@Test
	void aVolumeWhoseNodeIsLostIsRestoredOnAnother() throws IOException {
		cluster.useTarget(NightsInCluster.URL, lost.variables(), Duration.ofHours(1));
		cluster.faults().inject(new Fault.NodeLostInRestore(GITEA));
		Clock machine = Clock.systemUTC();
		Instant begin = machine.instant();
		InstantSource hurried = () -> begin.plus(Duration.between(begin, machine.instant()).multipliedBy(HURRY));

		Outcome run = new Cli().inRealTime()
			.at(hurried.withZone(ZoneOffset.UTC))
			.run("restore", "run", "--kubeconfig", cluster.kubeconfig().toString(), "--plan", plan.toString());

		assertThat(run.status()).as(run.out() + run.errors()).isZero();
		assertThat(run.errors()).contains("gitea/data   Longhorn gave up and is asked again: its node '", "' was lost");
		assertThat(cluster.contentHash(GITEA)).isEqualTo(cluster.contentHash(GITEA, NEWER));
	}

	/** Hazard 7. */
	@Test
	void aVolumeThatGrewSinceIsShownInBothSizes() throws IOException {
		String key = LAYOUT.volumeConfig(GITEA);
		byte[] before = read(key);
		bucket.put(key, new String(before, StandardCharsets.UTF_8).replace("67108864", "134217728")
			.getBytes(StandardCharsets.UTF_8));

		Outcome text = lost.cli().run("restore", "plan", "--target", NightsInCluster.URL);
		Outcome json = lost.cli().run("restore", "plan", "--target", NightsInCluster.URL, "--output", "json");
		write(json);
		Outcome run = run("--output", "json");

		bucket.put(key, before);
		assertThat(text.out()).contains("gitea/data 128 MiB, then 64 MiB");
		assertThat(Schema.of("restore-plan").violations(json.out())).isEmpty();
		assertThat(run.status()).as(run.errors()).isZero();
		assertThat(run.json().at("/volumes/0/sizeBytes").asLong()).isEqualTo(128L << 20);
		assertThat(run.json().at("/volumes/0/sizeThenBytes").asLong()).isEqualTo(64L << 20);
		assertThat(Schema.of("restore-run").violations(run.out())).isEmpty();
	}

	/** Hazard 14, issues 3188 and 3608. */
	@Test
	void anApplicationThatCameBeforeItsDataIsToldApart() throws IOException {
		VolumeName empty = new VolumeName("pvc-new");
		cluster.createVolume(VolumePlan.of(empty.value(), ByteSize.ofMebibytes(64), "gitea/data"));

		Outcome run = run();

		assertThat(run.status()).isEqualTo(2);
		assertThat(run.errors()).contains("there is a claim gitea/data already; its volume 'pvc-new' was made at ",
				" and holds ", ", the backup holds ", "[RESTORE_CONFLICT]");
		assertThat(there.cluster().volumes()).hasSize(1);
	}

	/** Hazard 16. */
	@Test
	void aBackupThatWasListedBeforeItWasFinishedIsReadAnew() throws IOException {
		String key = LAYOUT.manifest(GITEA, NEWER);
		byte[] finished = read(key);
		bucket.put(key, """
				{"Name":"%s","VolumeName":"%s","SnapshotName":"","SnapshotCreatedAt":"","CreatedTime":"","Size":"0",\
				"Labels":null,"Parameters":null,"IsIncremental":false,"CompressionMethod":"lz4",\
				"NewlyUploadedDataSize":"0","ReUploadedDataSize":"0","ProcessingBlocks":null,\
				"SingleFile":{"FilePath":""}}""".formatted(NEWER, GITEA).getBytes(StandardCharsets.UTF_8));
		cluster.useTarget(NightsInCluster.URL, lost.variables(), Duration.ofHours(1));
		NightsInCluster.await("Longhorn to list it",
				() -> there.cluster().findBackup(NEWER).isPresent() && !there.restores().knowsBlockSize(NEWER));
		bucket.put(key, finished);

		Outcome run = run();

		assertThat(run.status()).as(run.out() + run.errors()).isZero();
		assertThat(there.restores().knowsBlockSize(NEWER)).isTrue();
		assertThat(cluster.contentHash(GITEA)).isEqualTo(cluster.contentHash(GITEA, NEWER));
	}

	/** Issue 8480. */
	@Test
	void aClusterThatKeepsOneSnapshotIsLeftAsItIs() {
		cluster.longhorn().setting("snapshot-max-count", "1");

		Outcome run = run();

		assertThat(run.status()).isEqualTo(3);
		assertThat(run.errors()).contains("its setting snapshot-max-count is 1   [PREFLIGHT_FAILED]", "set it to 250");
		assertThat(there.cluster().volumes()).isEmpty();
	}

	@Test
	void aMirrorNeedsAKeyToTheBucketAndIsAnotherPlace() {
		Outcome without = new Cli().inRealTime()
			.run("restore", "run", "--kubeconfig", cluster.kubeconfig().toString(), "--plan", plan.toString(),
					"--mirror", mirror);
		Outcome same = run("--mirror", NightsInCluster.URL);

		assertThat(without.errors()).contains("there is no key to it   [MISSING_CREDENTIALS]");
		assertThat(same.errors()).contains("are the same place, or one lies in the other   [INVALID_USAGE]");
	}

	private static BackupName backup(Instant due) {
		return new Night(new JobName("gitea-nightly"), due).backupName(new ApplicationName("gitea"), GITEA);
	}

	private void write(Outcome planned) throws IOException {
		assertThat(planned.status()).as(planned.errors()).isZero();
		Files.writeString(plan, planned.out());
	}

	private Outcome run(String... options) {
		List<String> arguments = new ArrayList<>(
				List.of("restore", "run", "--kubeconfig", cluster.kubeconfig().toString(), "--plan", plan.toString()));
		arguments.addAll(List.of(options));
		return lost.cli().run(arguments.toArray(String[]::new));
	}

	private static Target target() {
		return new Target("default", NightsInCluster.URL, bucket, LAYOUT);
	}

	private static byte[] read(String key) throws IOException {
		try (StoredObject object = bucket.open(key).orElseThrow()) {
			return object.content().readAllBytes();
		}
	}

	private static List<Checksum> checksums(BackupName backup) throws IOException {
		String manifest = new String(read(LAYOUT.manifest(GITEA, backup)), StandardCharsets.UTF_8);
		return CHECKSUM.matcher(manifest).results().map(found -> Checksum.parse(found.group(1))).toList();
	}

	private static int blockOfTheNewerOnly() throws IOException {
		List<Checksum> older = checksums(OLDER);
		List<Checksum> newer = checksums(NEWER);
		return newer.indexOf(newer.stream().filter(one -> !older.contains(one)).findFirst().orElseThrow());
	}

	/** What they say. */
	private static List<String> locks() throws IOException {
		List<String> locks = new ArrayList<>();
		for (ObjectInfo object : bucket.list(LAYOUT.locksPrefix(GITEA), "").objects()) {
			locks.add(new String(read(object.key()), StandardCharsets.UTF_8));
		}
		return locks;
	}

}
