package dev.longhaul.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.longhaul.backupstore.stream.AgeKeys;
import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.MadeTarget;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.VolumePlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A kit of a cluster whose backups are in a bucket, and one that is made and opened by a
 * person at a terminal.
 */
class KitIT {

	private static final String PASSPHRASE = "correct horse battery stäple";

	@TempDir
	private static Path shared;

	private static BucketAtWork bucket;

	private static SimulatedCluster cluster;

	@TempDir
	private Path directory;

	private AgeKeys keys;

	private Path identity;

	@BeforeAll
	static void start() throws IOException {
		MadeTarget target = new MadeTarget(shared.resolve("target"));
		target.putSmallVolume("db", "backup-1");
		bucket = BucketAtWork.holding(target, Files.createDirectory(shared.resolve("bucket")));
		cluster = WikiCluster.start(shared.resolve("cluster"),
				VolumePlan.of("wiki-pages", ByteSize.ofMebibytes(64), "wiki/pages"));
		cluster.kubectl().create("""
				apiVersion: v1
				kind: Secret
				metadata: {name: gitea-admin, namespace: gitea}
				type: Opaque
				data: {password: cGxhbnRlZC1naXRlYQ==}
				""");
	}

	@AfterAll
	static void stop() throws IOException {
		if (cluster != null) {
			cluster.close();
		}
		if (bucket != null) {
			bucket.close();
		}
	}

	@BeforeEach
	void deploy() throws IOException {
		keys = AgeKeys.generate();
		identity = keys.writeTo(directory.resolve("key.txt"));
		cluster.useTarget(BucketAtWork.URL, bucket.variables(), Duration.ofHours(1));
		Path files = Files.createDirectory(directory.resolve("admin"));
		Files.writeString(files.resolve("password"), "planted-other");
	}

	private Outcome kit(String verb, String... more) {
		return new Cli().inRealTime()
			.run(Stream.concat(Stream.of("kit", verb), Arrays.stream(more)).toArray(String[]::new));
	}

	private Outcome create() {
		return createWith("gitea/gitea-admin");
	}

	private Outcome createWith(String secret) {
		return kit("create", "--cluster", "home", "--kubeconfig", cluster.kubeconfig().toString(), "--secret", secret,
				"--recipient", keys.recipient().value(), "--to", at("kit.age"), "--replace");
	}

	private Outcome check() {
		return kit("check", at("kit.age"), "--identity", identity.toString(), "--kubeconfig",
				cluster.kubeconfig().toString());
	}

	private String at(String name) {
		return directory.resolve(name).toString();
	}

	@Test
	void holdsWhatTheClusterHasAndSaysWhatHasChangedSince() {
		Outcome created = create();
		Outcome shown = kit("show", at("kit.age"), "--identity", identity.toString());
		Outcome same = check();
		createWith("gitea/gitea-admin=" + at("admin"));
		Outcome changed = check();
		createWith("gitea/nothing=" + at("admin"));
		Outcome gone = check();

		assertThat(created.status()).as(created.errors()).isZero();
		assertThat(shown.out()).contains(BucketAtWork.URL + "/", "target 'default'")
			.containsPattern("gitea/gitea-admin +password +present, 13 characters")
			.containsPattern("AWS_SECRET_ACCESS_KEY +present, 19 characters");
		assertThat(same.status()).as(same.out() + same.errors()).isZero();
		assertThat(same.out()).contains("as it is in force").doesNotContain("✕");
		assertThat(changed.status()).isEqualTo(1);
		assertThat(changed.out()).contains("changed since: password");
		assertThat(gone.status()).isEqualTo(1);
		assertThat(gone.out()).contains("the cluster has no such Secret");
		for (Outcome outcome : List.of(created, shown, same, changed, gone)) {
			assertThat(outcome.out() + outcome.errors()).doesNotContain("planted", "K004SecretOfTheTest");
		}
	}

	/**
	 * A cluster that is begun with an older Longhorn than it had is no surprise to keep.
	 */
	@Test
	void saysWhichChartsAreNoLongerThoseInForce() throws IOException {
		cluster.kubectl().create("""
				apiVersion: apiextensions.k8s.io/v1
				kind: CustomResourceDefinition
				metadata: {name: applications.argoproj.io}
				spec:
				  group: argoproj.io
				  scope: Namespaced
				  names: {kind: Application, plural: applications, singular: application}
				  versions: [{name: v1alpha1, served: true, storage: true}]
				""");
		cluster.kubectl().create("""
				apiVersion: argoproj.io/v1alpha1
				kind: Application
				metadata: {name: longhorn, namespace: argocd}
				spec:
				  source: {repoURL: "https://charts.longhorn.io", chart: longhorn, targetRevision: 1.12.0}
				status: {sync: {revision: 1.12.0}}
				""");
		Path bootstrap = Files.writeString(directory.resolve("bootstrap.yaml"), """
				apiVersion: argoproj.io/v1alpha1
				kind: Application
				metadata: {name: longhorn, namespace: argocd}
				spec:
				  source: {repoURL: "https://charts.longhorn.io", chart: longhorn, targetRevision: 1.9.1}
				---
				apiVersion: v1
				kind: Namespace
				metadata: {name: never-made}
				""");
		Outcome created = createBegunWith(bootstrap);
		Outcome old = check();
		Files.writeString(bootstrap, Files.readString(bootstrap).replace("1.9.1", "1.12.0"));
		createBegunWith(bootstrap);
		Outcome same = check();

		assertThat(created.status()).as(created.errors()).isZero();
		assertThat(old.status()).isEqualTo(1);
		assertThat(old.out())
			.containsPattern("✕ +Application argocd/longhorn +chart longhorn 1.9.1, and in force is 1.12.0")
			.containsPattern("◌ +Namespace never-made +the cluster has none");
		assertThat(same.status()).as(same.out()).isZero();
		assertThat(same.out()).contains("chart longhorn 1.12.0, as it is in force");
	}

	private Outcome createBegunWith(Path bootstrap) {
		return kit("create", "--cluster", "home", "--kubeconfig", cluster.kubeconfig().toString(), "--bootstrap",
				bootstrap.toString(), "--recipient", keys.recipient().value(), "--to", at("kit.age"), "--replace");
	}

	@Test
	void makesNoKitOfWhatIsNotThere() {
		Outcome noSecret = kit("create", "--cluster", "home", "--kubeconfig", cluster.kubeconfig().toString(),
				"--secret", "gitea/nothing", "--recipient", keys.recipient().value(), "--to", at("kit.age"));
		Outcome noTarget = kit("create", "--cluster", "home", "--kubeconfig", cluster.kubeconfig().toString(),
				"--backup-target", "other", "--recipient", keys.recipient().value(), "--to", at("kit.age"));
		Outcome another = kit("create", "s3://others@eu-central-003/x", "--cluster", "home", "--kubeconfig",
				cluster.kubeconfig().toString(), "--recipient", keys.recipient().value(), "--to", at("kit.age"));

		assertThat(noSecret.errors()).contains("the cluster has no Secret gitea/nothing");
		assertThat(noTarget.errors()).contains("Longhorn has no backup target 'other'");
		assertThat(another.errors()).contains("and not s3://others@eu-central-003/x");
		assertThat(directory.resolve("kit.age")).doesNotExist();
	}

	@Test
	void makesNoKitWithAKeyThatTheBucketRefuses() {
		Map<String, String> wrong = new HashMap<>(bucket.variables());
		wrong.put("AWS_SECRET_ACCESS_KEY", "planted-and-wrong");
		cluster.longhorn().target("default", BucketAtWork.URL, wrong, Duration.ofHours(1));

		Outcome refused = create();

		assertThat(refused.status()).isEqualTo(3);
		assertThat(refused.errors()).contains("TARGET_REFUSED").doesNotContain("planted");
		assertThat(directory.resolve("kit.age")).doesNotExist();
	}

	@Test
	void asksForThePassphraseTwiceAndDoesNotShowIt() throws Exception {
		String made = onATerminal(PASSPHRASE + "\n" + PASSPHRASE + "\n", "create", target(), "--cluster", "home",
				"--to", at("kit.age"));
		String shown = onATerminal(PASSPHRASE + "\n", "show", at("kit.age"));
		String wrong = onATerminal("correct horse battery stable\n", "show", at("kit.age"));
		String different = onATerminal(PASSPHRASE + "\nsomething else entirely\n", "create", target(), "--cluster",
				"home", "--to", at("other.age"));

		assertThat(made).contains("Passphrase for the new kit: ", "The same again: ", "of cluster 'home'");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("kit.age"))))
			.isEqualTo("rw-------");
		assertThat(shown).contains("Passphrase of kit ", "secrets");
		assertThat(wrong).contains("the passphrase does not open it");
		assertThat(different).contains("the two passphrases are not the same");
		assertThat(directory.resolve("other.age")).doesNotExist();
	}

	/** Killed at any moment, there is a kit that opens: the one before or the new one. */
	@Test
	void leavesAWholeKitWhereverItIsKilled() throws Exception {
		String[] replacing = { "kit", "create", target(), "--cluster", "home", "--recipient", keys.recipient().value(),
				"--to", at("kit.age"), "--replace" };
		assertThat(Program.start(directory, List.of(), replacing).status()).isZero();
		byte[] before = Files.readAllBytes(directory.resolve("kit.age"));
		for (int i = 0; i < 8; i++) {
			Program program = Program.start(directory, List.of(), replacing);
			TimeUnit.MILLISECONDS.sleep(200 + 150L * i);
			program.signal("KILL");
			program.status();
			Outcome shown = kit("show", at("kit.age"), "--identity", identity.toString());
			assertThat(shown.status()).as(shown.errors()).isZero();
		}
		assertThat(Program.start(directory, List.of(), replacing).status()).isZero();
		assertThat(Files.readAllBytes(directory.resolve("kit.age"))).isNotEqualTo(before);
	}

	private static String target() {
		return "file://" + shared.resolve("target");
	}

	/**
	 * What a terminal shows. What is typed is typed before the program asks, so script's
	 * own echo of it is cut away.
	 */
	private String onATerminal(String typed, String... arguments) throws Exception {
		assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script is not installed on this machine");
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
						Program.JAR.toString(), "kit"));
		command.addAll(List.of(arguments));
		Path in = Files.writeString(directory.resolve("typed"), typed);
		Path out = directory.resolve("shown");
		Process process = new ProcessBuilder("script", "-qec", String.join(" ", command), "/dev/null")
			.redirectInput(in.toFile())
			.redirectOutput(out.toFile())
			.redirectErrorStream(true)
			.start();
		assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
		return Files.readString(out, StandardCharsets.UTF_8);
	}

}
