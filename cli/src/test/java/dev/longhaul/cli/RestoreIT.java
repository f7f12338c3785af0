package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.Schema;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.backup.BackupTarget;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.Volume;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import dev.longhaul.simulator.ClusterPlan;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.VolumePlan;
import dev.longhaul.simulator.fault.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: from the bucket alone, an empty cluster gets every volume back under its name,
 * byte for byte, bound to its claim. Method: a cluster is lost that had a volume which
 * nights recorded and one which only Longhorn backed up; what is restored is compared
 * with what the bucket holds.
 */
class RestoreIT {

	private static final Path PAGE = Path.of("../docs/restore.md");

	private static final Instant NIGHT = Instant.parse("2026-11-08T01:30:00Z");

	private static final VolumeName GITEA = new VolumeName("pvc-gitea");

	private static final VolumeName WIKI = new VolumeName("pvc-wiki");

	private static final BackupName OF_GITEA = new Night(new JobName("gitea-nightly"), NIGHT)
		.backupName(new ApplicationName("gitea"), GITEA);

	private static final BackupName OF_WIKI = new BackupName("backup-of-wiki");

	@TempDir
	private static Path shared;

	private static NightsInCluster lost;

	@TempDir
	private Path directory;

	private SimulatedCluster cluster;

	private LonghornConnection there;

	private Path plan;

	@BeforeAll
	static void loseACluster() throws IOException {
		lost = NightsInCluster.start(shared);
		lost.night("gitea", lost.volume(GITEA.value(), "gitea/data"), "gitea/data", NIGHT);
		lost.backup(lost.volume(WIKI.value(), "wiki/pages"), new SnapshotName("of-wiki"), OF_WIKI);
		lost.lose();
	}

	@AfterAll
	static void closeTheBucket() throws IOException {
		if (lost != null) {
			lost.close();
		}
	}

	@BeforeEach
	void startAnEmptyCluster() throws IOException {
		cluster = SimulatedCluster.start(ClusterPlan.in(directory.resolve("new"), Clock.systemUTC()));
		there = LonghornConnection.fromKubeconfig(cluster.kubeconfig(), null, CredentialPlugins.REFUSED,
				SimulatedCluster.NAMESPACE, Clock.systemUTC());
		plan = directory.resolve("plan.json");
		Outcome planned = lost.cli().run("restore", "plan", "--target", NightsInCluster.URL, "--output", "json");
		assertThat(planned.status()).as(planned.errors()).isZero();
		Files.writeString(plan, planned.out());
	}

	@AfterEach
	void stop() {
		there.close();
		cluster.close();
	}

	@Test
	void anEmptyClusterGetsEverythingBack() throws IOException {
		Outcome run = run("--output", "json");

		assertThat(run.status()).as(run.errors()).isZero();
		assertThat(Schema.of("restore-run").violations(run.out())).isEmpty();
		assertThat(run.json().at("/whole").asBoolean()).isTrue();
		assertThat(run.json().at("/volumes/0/claim").asString()).isEqualTo("gitea/data");
		assertThat(run.json().at("/volumes/1/claim").asString()).isEqualTo("wiki/pages");
		assertThat(run.errors()).contains("preflight: ", "backup-target: ", "volumes: all applications\n",
				"  wiki/pages   64 MiB   ");
		assertThat(cluster.contentHash(GITEA)).isEqualTo(cluster.contentHash(GITEA, OF_GITEA));
		assertThat(cluster.contentHash(WIKI)).isEqualTo(cluster.contentHash(WIKI, OF_WIKI));
		assertThat(cluster.contentHash(GITEA)).isNotEqualTo(cluster.contentHash(WIKI));
		assertThat(there.restores().isBound(new ClaimRef("wiki", "pages"), WIKI.value())).isTrue();
	}

	@Test
	void theKitIsAllThatIsNeeded() throws IOException {
		Path passphrase = Files.writeString(directory.resolve("kit.txt"), "correct horse battery staple\n");
		Path kit = directory.resolve("kit.age");
		Outcome created = lost.cli()
			.run("kit", "create", NightsInCluster.URL, "--cluster", "home", "--passphrase-file", passphrase.toString(),
					"--to", kit.toString());
		assertThat(created.status()).as(created.errors()).isZero();
		Cli laptop = new Cli().inRealTime();

		Outcome planned = laptop.run("restore", "plan", "--kit", kit.toString(), "--passphrase-file",
				passphrase.toString(), "--output", "json");
		Files.writeString(plan, planned.out());
		Outcome without = laptop.run("restore", "run", "--plan", plan.toString(), "--kubeconfig",
				cluster.kubeconfig().toString());
		Outcome run = laptop.run("restore", "run", "--plan", plan.toString(), "--kubeconfig",
				cluster.kubeconfig().toString(), "--kit", kit.toString(), "--passphrase-file", passphrase.toString());

		assertThat(without.errors()).contains("there are no credentials to give it   [MISSING_CREDENTIALS]");
		assertThat(run.status()).as(run.out() + run.errors()).isZero();
		assertThat(cluster.contentHash(GITEA)).isEqualTo(cluster.contentHash(GITEA, OF_GITEA));
		String secret = lost.variables().get("AWS_SECRET_ACCESS_KEY");
		assertThat(List.of(planned.out(), planned.errors(), run.out(), run.errors(),
				Files.readString(directory.resolve("plan.json.journal"))))
			.noneMatch(output -> output.contains(secret) || output.contains("correct horse"));
	}

	@Test
	void theDocumentationShowsWhatIsPlanned() throws IOException {
		Outcome planned = lost.cli()
			.run("restore", "plan", "--target", NightsInCluster.URL, "--application", "gitea", "--utc");

		assertThat(Files.readString(PAGE))
			.contains("$ longhaul restore plan --target %s --application gitea --utc\n%s```"
				.formatted(NightsInCluster.URL, planned.out()));
	}

	@Test
	void anotherRunOfThePlanChangesNothing() throws IOException {
		Outcome first = run();
		Outcome second = run("--utc");

		assertThat(first.status()).as(first.errors()).isZero();
		assertThat(first.out()).startsWith("Restored 2 of 2 volumes from " + NightsInCluster.URL + "   RTO ")
			.contains("● restored   gitea/data   64 MiB   RPO ");
		assertThat(second.status()).as(second.out() + second.errors()).isZero();
		assertThat(second.out()).contains("by an earlier run");
		assertThat(Files.readAllLines(directory.resolve("plan.json.journal")))
			.satisfies(lines -> assertThat(lines).first().asString().contains("\"event\":\"begun\""))
			.satisfies(lines -> assertThat(lines).filteredOn(line -> line.contains("\"volume-asked\"")).hasSize(2))
			.anySatisfy(line -> assertThat(line).contains("\"event\":\"resumed\""));
	}

	@Test
	void aBackupTargetThatIsLostMeanwhileIsTold() throws IOException {
		Outcome first = run("--output", "json");
		cluster.faults().inject(new Fault.TargetUnavailable("default"));
		there.restores().requestSync("default");
		NightsInCluster.await("Longhorn has seen it",
				() -> there.cluster().backupTargets().stream().noneMatch(BackupTarget::available));

		Outcome run = run("--output", "json");

		assertThat(first.status()).as(first.errors()).isZero();
		assertThat(first.errors()).doesNotContain("cannot reach its backup target", "has no backup target");
		assertThat(run.errors()).contains("note: Longhorn cannot reach its backup target 'default': ",
				"so nothing is backed up there: mend the target or its credentials");
		assertThat(Files.readString(directory.resolve("plan.json.journal"))).contains("\"event\":\"backup-target\"");
		assertThat(run.status()).as("all is restored: " + run.errors()).isZero();
	}

	@Test
	void whatStandsInTheWayIsLeftAlone() throws IOException {
		cluster.createVolume(VolumePlan.of(GITEA.value(), ByteSize.ofMebibytes(64), "other/claim")
			.withContents(files -> Files.writeString(files.resolve("mine"), "keep me")));
		cluster.attach(GITEA);
		String before = cluster.contentHash(GITEA).value();

		Outcome refused = run();
		List<Volume> afterRefusal = there.cluster().volumes();
		Outcome skipped = run("--on-conflict", "skip", "--output", "json");

		assertThat(refused.status()).isEqualTo(2);
		assertThat(refused.errors()).contains("there is a volume 'pvc-gitea' already   [RESTORE_CONFLICT]",
				"--on-conflict skip", "--rename or --to-namespace", "--replace");
		assertThat(afterRefusal).hasSize(1);
		assertThat(skipped.status()).as(skipped.errors()).isZero();
		assertThat(skipped.json().at("/volumes/0/outcome").asString()).isEqualTo("skipped");
		assertThat(skipped.json().at("/volumes/1/outcome").asString()).isEqualTo("restored");
		assertThat(Schema.of("restore-run").violations(skipped.out())).isEmpty();
		assertThat(cluster.contentHash(GITEA)).hasToString(before);
	}

	@Test
	void whatStandsInTheWayHasRoomBesideIt() throws IOException {
		cluster.createVolume(VolumePlan.of(GITEA.value(), ByteSize.ofMebibytes(64), "gitea/data"));
		Outcome planned = lost.cli()
			.run("restore", "plan", "--target", NightsInCluster.URL, "--application", "gitea", "--to-namespace",
					"rescue", "--output", "json");
		Files.writeString(plan, planned.out());

		Outcome run = run("--output", "json");

		assertThat(run.status()).as(run.errors()).isZero();
		VolumeName beside = new VolumeName(run.json().at("/volumes/0/name").asString());
		assertThat(beside).isNotEqualTo(GITEA);
		assertThat(cluster.contentHash(beside)).isEqualTo(cluster.contentHash(GITEA, OF_GITEA));
		assertThat(there.restores().isBound(new ClaimRef("rescue", "data"), beside.value())).isTrue();
	}

	@Test
	void whatLonghornGivesUpIsAskedForAgain() throws IOException {
		cluster.faults().inject(new Fault.RestoreFails(GITEA, 3));

		Outcome run = run("--output", "json");

		assertThat(run.status()).as(run.errors()).isZero();
		assertThat(run.errors()).contains("gitea/data   Longhorn gave up and is asked again: ");
		assertThat(cluster.contentHash(GITEA)).isEqualTo(cluster.contentHash(GITEA, OF_GITEA));
	}

	@Test
	void aVolumeThatCannotBeRestoredLeavesTheOthersAlone() throws IOException {
		for (int attempt = 0; attempt < 3; attempt++) {
			cluster.faults().inject(new Fault.RestoreFails(GITEA, 3));
		}

		Outcome run = run("--utc");
		Outcome later = run("--output", "json");

		assertThat(run.status()).isEqualTo(3);
		assertThat(run.out()).contains("✕ failed", "● restored   wiki/pages",
				"Longhorn gave up restoring volume 'pvc-gitea' from backup '%s', 3 times: ".formatted(OF_GITEA),
				"[RESTORE_FAILED]", "--application gitea --as-of ");
		assertThat(later.status()).as(later.out() + later.errors()).isZero();
		assertThat(cluster.contentHash(GITEA)).isEqualTo(cluster.contentHash(GITEA, OF_GITEA));
	}

	@Test
	void aClusterThatCannotDoItIsLeftAsItIs() throws IOException {
		cluster.longhorn().setting("concurrent-volume-backup-restore-per-node-limit", "0");

		Outcome run = run();

		assertThat(run.status()).isEqualTo(3);
		assertThat(run.errors()).contains("concurrent-volume-backup-restore-per-node-limit is 0   [PREFLIGHT_FAILED]");
		assertThat(there.cluster().volumes()).isEmpty();
	}

	@Test
	void aClusterWithAnotherBucketIsNotGivenThisOne() throws IOException {
		cluster.useTarget("s3://longhorn-backups@eu-central-003/elsewhere/", lost.variables(), Duration.ofHours(1));

		Outcome run = run();

		assertThat(run.status()).isEqualTo(3);
		assertThat(run.errors()).contains("the cluster's backup target 'default' is "
				+ "'s3://longhorn-backups@eu-central-003/elsewhere/'   [CLUSTER_REFUSED]");
	}

	@Test
	void mistakesAreTold() throws IOException {
		String document = Files.readString(plan);
		Path changed = Files.writeString(directory.resolve("changed.json"), document.replace("pvc-wiki", "pvc-wika"));
		Path other = directory.resolve("other.json");
		Files.writeString(other,
				lost.cli()
					.run("restore", "plan", "--target", NightsInCluster.URL, "--application", "wiki", "--output",
							"json")
					.out());
		Files.writeString(directory.resolve("other.json.journal"), """
				{"at":"2026-11-23T00:00:00Z","event":"begun","subject":"%s"}
				""".formatted("0".repeat(64)));

		assertThat(cli("--plan", changed.toString()).errors()).contains("was changed after it was made",
				"[PLAN_CHANGED]");
		assertThat(cli("--plan", directory.resolve("none.json").toString()).errors()).contains("there is no file",
				"longhaul restore plan --output json > ");
		assertThat(cli("--plan", other.toString()).errors()).contains("is of plan " + "0".repeat(64));
		assertThat(new Cli().run("restore", "run", "--plan", plan.toString()).errors())
			.contains("nothing says which cluster is restored into");
	}

	private Outcome run(String... options) {
		String[] arguments = new String[options.length + 2];
		arguments[0] = "--plan";
		arguments[1] = plan.toString();
		System.arraycopy(options, 0, arguments, 2, options.length);
		return cli(arguments);
	}

	private Outcome cli(String... options) {
		String[] arguments = new String[options.length + 4];
		arguments[0] = "restore";
		arguments[1] = "run";
		arguments[2] = "--kubeconfig";
		arguments[3] = cluster.kubeconfig().toString();
		System.arraycopy(options, 0, arguments, 4, options.length);
		return lost.cli().run(arguments);
	}

}
