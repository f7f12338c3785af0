package dev.longhaul.simulator.kubelet;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.longhaul.simulator.testing.NodeSession;
import dev.longhaul.simulator.testing.OnBothApis;
import dev.longhaul.simulator.testing.Programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@OnBothApis
class LogIT {

	/** Says each line that is put into the file {@code say}. */
	private static final String ECHO = "echo one; echo two >&2; echo three; touch /data/say; exec tail -n 0 -F /data/say";

	private final ControlPlaneKind kind;

	@TempDir
	Path directory;

	@AutoClose
	private NodeSession node;

	private Path volume;

	private PodResource pod;

	LogIT(ControlPlaneKind kind) {
		this.kind = kind;
	}

	@BeforeEach
	void open() throws IOException {
		Programs.requireSandboxes();
		volume = Files.createDirectory(directory.resolve("volume"));
		node = NodeSession.open(kind, directory);
		node.attach("data", volume);
		pod = node.run(node.podWithClaim("talker", "data", "/data")
			.editMetadata()
			.addToAnnotations(ContainerSpecs.RUN, ECHO)
			.endMetadata());
		NodeSession.await("the first lines").until(() -> pod.getLog().endsWith("three\n"));
	}

	@Test
	void isTheOutputAndTheErrorsOfTheMainProcess() {
		assertThat(pod.getLog()).isEqualTo("one\ntwo\nthree\n");
	}

	@Test
	void givesTheLastLinesOrTheFirstBytesIfAsked() {
		assertThat(pod.tailingLines(2).getLog()).isEqualTo("two\nthree\n");
		assertThat(pod.limitBytes(5).getLog()).isEqualTo("one\nt");
	}

	@Test
	void beginsLinesWithTheirTimeIfAsked() {
		assertThat(pod.usingTimestamps().getLog().lines()).allSatisfy(line -> {
			int space = line.indexOf(' ');
			assertThat(Instant.parse(line.substring(0, space))).isBefore(Instant.now().plusSeconds(1));
			assertThat(line.substring(space + 1)).isIn("one", "two", "three");
		});
	}

	@Test
	void leavesOlderLinesOutIfAsked() {
		assertThat(pod.sinceTime(Instant.now().plusSeconds(60).toString()).getLog()).isEmpty();
		assertThat(pod.sinceSeconds(3600).getLog()).isEqualTo("one\ntwo\nthree\n");
	}

	@Test
	void hasNoPreviousLogBeforeARestart() {
		assertThatThrownBy(() -> pod.terminated().getLog()).isInstanceOf(KubernetesClientException.class)
			.hasMessageContaining("previous terminated container \"app\" not found");
	}

	@Test
	void followsUntilThePodEnds() throws Exception {
		ByteArrayOutputStream followed = new ByteArrayOutputStream();
		try (LogWatch watch = pod.watchLog(followed)) {
			NodeSession.await("what was there")
				.until(() -> followed.toString(StandardCharsets.UTF_8).endsWith("three\n"));

			say("four");
			NodeSession.await("what came later")
				.until(() -> followed.toString(StandardCharsets.UTF_8).endsWith("four\n"));
			pod.delete();

			assertThat(watch.onClose().toCompletableFuture().get(30, TimeUnit.SECONDS)).isNull();
			assertThat(followed.toString(StandardCharsets.UTF_8)).isEqualTo("one\ntwo\nthree\nfour\n");
		}
	}

	@Test
	void canBeReadLineByLineWhileItGrows() throws Exception {
		try (LogWatch watch = pod.tailingLines(1).watchLog();
				BufferedReader reader = new BufferedReader(
						new InputStreamReader(watch.getOutput(), StandardCharsets.UTF_8))) {
			assertThat(reader.readLine()).isEqualTo("three");
			say("four");
			assertThat(reader.readLine()).isEqualTo("four");
		}
	}

	private void say(String line) throws IOException {
		Files.writeString(volume.resolve("say"), line + "\n");
	}

}
