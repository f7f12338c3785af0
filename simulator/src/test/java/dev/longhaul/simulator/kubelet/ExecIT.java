package dev.longhaul.simulator.kubelet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecListener;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.longhaul.simulator.testing.CountingStream;
import dev.longhaul.simulator.testing.NodeSession;
import dev.longhaul.simulator.testing.NodeSession.Outcome;
import dev.longhaul.simulator.testing.OnBothApis;
import dev.longhaul.simulator.testing.Programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@OnBothApis
class ExecIT {

	private static final int FIVE_MEBIBYTES = 5 * 1024 * 1024;

	private final ControlPlaneKind kind;

	@TempDir
	Path directory;

	@AutoClose
	private NodeSession node;

	private Path volume;

	ExecIT(ControlPlaneKind kind) {
		this.kind = kind;
	}

	@BeforeEach
	void open() throws IOException {
		Programs.requireSandboxes();
		volume = Files.createDirectory(directory.resolve("volume"));
		node = NodeSession.open(kind, directory);
		node.attach("data", volume);
	}

	@Test
	void keepsOutputErrorAndExitCodeApart() {
		PodResource pod = node.run(node.pod("talker"));

		Outcome outcome = NodeSession.exec(pod, "sh", "-c", "echo said; echo complained >&2; exit 7");

		assertThat(outcome).isEqualTo(new Outcome(7, "said\n", "complained\n"));
	}

	@Test
	void runsOnTheFilesOfTheVolumeAndLeavesTheMachineAlone() throws IOException {
		Files.writeString(volume.resolve("greeting"), "hello");
		PodResource pod = node.run(node.podWithClaim("worker", "data", "/var/lib/app"));

		Outcome outcome = NodeSession.exec(pod, "sh", "-c",
				"cat /var/lib/app/greeting; echo done > /var/lib/app/answer; touch /usr/bin/trace; echo x > /etc/hostname; ls "
						+ directory);

		assertThat(outcome.output()).isEqualTo("hello");
		assertThat(outcome.error()).contains("'/usr/bin/trace': Read-only file system").contains("No such file");
		assertThat(volume.resolve("answer")).hasContent("done\n");
		assertThat(Path.of("/usr/bin/trace")).doesNotExist();
		assertThat(Files.readString(Path.of("/etc/hostname"))).isNotEqualTo("x\n");
	}

	@Test
	void aReadOnlyMountRefusesWritesAndASubPathIsPartOfTheVolume() throws IOException {
		Files.createDirectories(volume.resolve("inner"));
		Files.writeString(volume.resolve("inner/file"), "part");
		PodResource pod = node.run(node.podWithClaim("reader", "data", "/whole")
			.editSpec()
			.editFirstContainer()
			.addNewVolumeMount()
			.withName("data")
			.withMountPath("/part")
			.withSubPath("inner")
			.withReadOnly(true)
			.endVolumeMount()
			.endContainer()
			.endSpec());

		Outcome outcome = NodeSession.exec(pod, "sh", "-c", "cat /part/file; echo no > /part/file");

		assertThat(outcome.output()).isEqualTo("part");
		assertThat(outcome.error()).contains("Read-only file system");
		assertThat(volume.resolve("inner/file")).hasContent("part");
	}

	@Test
	void aDatabaseChangedInOnePodIsReadInAnother() {
		Programs.require("sqlite3");
		PodResource writer = node.run(node.podWithClaim("writer", "data", "/data"));
		PodResource reader = node.run(node.podWithClaim("reader", "data", "/elsewhere"));

		Outcome written = NodeSession.exec(writer, "sqlite3", "/data/db.sqlite3",
				"create table t(x); insert into t values('kept'), ('too');");
		Outcome read = NodeSession.exec(reader, "sqlite3", "/elsewhere/db.sqlite3", "select * from t;");

		assertThat(written).isEqualTo(new Outcome(0, "", ""));
		assertThat(read).isEqualTo(new Outcome(0, "kept\ntoo\n", ""));
		assertThat(volume.resolve("db.sqlite3")).isNotEmptyFile();
	}

	@Test
	void takesFiveMebibytesOfRandomInputAndGivesThemBack() throws Exception {
		byte[] random = randomBytes(FIVE_MEBIBYTES);
		PodResource pod = node.run(node.podWithClaim("store", "data", "/data"));

		ByteArrayOutputStream sum = new ByteArrayOutputStream();
		try (ExecWatch watch = pod.redirectingInput()
			.writingOutput(sum)
			.exec("sh", "-c", "head -c " + random.length + " > /data/random; sha256sum < /data/random")) {
			watch.getInput().write(random);
			watch.getInput().flush();
			assertThat(watch.exitCode().get(60, TimeUnit.SECONDS)).isZero();
		}
		ByteArrayOutputStream back = new ByteArrayOutputStream();
		try (ExecWatch watch = pod.writingOutput(back).exec("cat", "/data/random")) {
			assertThat(watch.exitCode().get(60, TimeUnit.SECONDS)).isZero();
		}

		assertThat(sum.toString(StandardCharsets.UTF_8)).startsWith(sha256(random));
		assertThat(volume.resolve("random")).hasBinaryContent(random);
		assertThat(back.toByteArray()).isEqualTo(random);
	}

	@Test
	void uploadsAFileAndReadsItBack() throws IOException {
		byte[] random = randomBytes(FIVE_MEBIBYTES);
		PodResource pod = node.run(node.podWithClaim("store", "data", "/data"));

		try (KubernetesClient client = node.vertxClient()) {
			boolean uploaded = client.pods()
				.resource(pod.get())
				.file("/data/folder/uploaded")
				.upload(new ByteArrayInputStream(random));
			assertThat(uploaded).isTrue();
		}

		assertThat(volume.resolve("folder/uploaded")).hasBinaryContent(random);
		Path copy = directory.resolve("copy");
		assertThat(pod.file("/data/folder/uploaded").copy(copy)).isTrue();
		assertThat(copy).hasBinaryContent(random);
	}

	@Test
	void uploadsADirectory() throws IOException {
		Path tree = Files.createDirectories(directory.resolve("tree/inner"));
		Files.writeString(tree.resolve("file"), "deep");
		PodResource pod = node.run(node.podWithClaim("store", "data", "/data"));

		try (KubernetesClient client = node.vertxClient()) {
			boolean uploaded = client.pods().resource(pod.get()).dir("/data/tree").upload(directory.resolve("tree"));
			assertThat(uploaded).isTrue();
		}

		assertThat(volume.resolve("tree/inner/file")).hasContent("deep");
	}

	@Test
	void runsInTheWorkingDirectoryWithTheEnvironmentOfTheContainer() {
		node.client()
			.resource(new SecretBuilder().withNewMetadata()
				.withName("passwords")
				.withNamespace(node.namespace())
				.endMetadata()
				.addToData("db", "czNjcmV0")
				.build())
			.create();
		PodResource pod = node.run(node.podWithClaim("worker", "data", "/data")
			.editSpec()
			.editFirstContainer()
			.withWorkingDir("/data/made/on/demand")
			.addNewEnv()
			.withName("PLAIN")
			.withValue("value")
			.endEnv()
			.addNewEnv()
			.withName("PASSWORD")
			.withNewValueFrom()
			.withNewSecretKeyRef("db", "passwords", false)
			.endValueFrom()
			.endEnv()
			.endContainer()
			.endSpec());

		Outcome outcome = NodeSession.exec(pod, "sh", "-c", "echo $PLAIN $PASSWORD $HOSTNAME; pwd; env | wc -l");

		assertThat(outcome.output()).startsWith("value s3cret worker\n/data/made/on/demand\n");
		assertThat(outcome.output().lines().skip(2)).allMatch(count -> Integer.parseInt(count.strip()) < 10);
	}

	@Test
	void saysThatAProgramIsNotThereAsARuntimeDoes() throws Exception {
		PodResource pod = node.run(node.pod("bare"));
		AtomicReference<Status> status = new AtomicReference<>();

		try (ExecWatch watch = pod.writingOutput(new ByteArrayOutputStream())
			.writingError(new ByteArrayOutputStream())
			.usingListener(new StatusListener(status))
			.exec("no-such-program")) {

			assertThat(watch.exitCode().get(30, TimeUnit.SECONDS)).isEqualTo(-1);
		}
		assertThat(status.get().getReason()).isEqualTo("InternalError");
		assertThat(status.get().getMessage()).endsWith("exec: \"no-such-program\": executable file not found in $PATH");
	}

	@Test
	void aCommandWhoseClientGaveUpLivesUntilItsPodIsDeleted() {
		PodResource pod = node.run(node.pod("patient"));

		try (ExecWatch watch = pod.redirectingOutput().exec("sleep", "98765")) {
			assertThatThrownBy(() -> watch.exitCode().get(500, TimeUnit.MILLISECONDS))
				.isInstanceOf(TimeoutException.class);
		}

		assertThat(Programs.running("sleep 98765")).isNotEmpty();
		pod.delete();
		NodeSession.await("the command to end").until(() -> Programs.running("sleep 98765").isEmpty());
	}

	@Test
	void deliversMoreThanAnyBufferHolds() throws Exception {
		PodResource pod = node.run(node.pod("loud"));
		CountingStream output = new CountingStream();

		try (ExecWatch watch = pod.writingOutput(output).exec("head", "-c", "100000000", "/dev/zero")) {
			assertThat(watch.exitCode().get(60, TimeUnit.SECONDS)).isZero();
		}

		assertThat(output.count()).isEqualTo(100_000_000L);
	}

	@Test
	void runsManyCommandsAtOnce() {
		PodResource pod = node.run(node.pod("busy"));

		var outcomes = IntStream.range(0, 30)
			.mapToObj(number -> CompletableFuture
				.supplyAsync(() -> NodeSession.exec(pod, "sh", "-c", "sleep 0.2; echo " + number + "; exit " + number)))
			.toList();

		for (int number = 0; number < outcomes.size(); number++) {
			assertThat(outcomes.get(number)).succeedsWithin(Duration.ofSeconds(60))
				.isEqualTo(new Outcome(number, number + "\n", ""));
		}
	}

	private static byte[] randomBytes(int count) {
		byte[] bytes = new byte[count];
		new Random(42).nextBytes(bytes);
		return bytes;
	}

	private static String sha256(byte[] bytes) throws Exception {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
	}

	private record StatusListener(AtomicReference<Status> status) implements ExecListener {

		@Override
		public void onExit(int code, Status exit) {
			status.set(exit);
		}

		@Override
		public void onClose(int code, String reason) {
			// The exit is what counts.
		}

	}

}
