package dev.longhaul.scheduler.scenario.secrets_stay_secret;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.longhaul.bucket.b2.B2Front;
import dev.longhaul.bucket.fault.CallPattern;
import dev.longhaul.bucket.fault.Fault;
import dev.longhaul.core.run.Night;
import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.Traces;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: no credential is ever written down, neither on a good night nor on one that
 * fails, not even when stack traces are asked for. Method: key, secret key and token are
 * words that occur nowhere else; after each night every file it could have written is
 * searched for them: both outputs with the log, the database, and the whole bucket with
 * manifest and proof.
 */
class SecretsStaySecretIT {

	private static final Planted SECRETS = new Planted(
			List.of(Scene.KEY.id(), Scene.KEY.secret(), Scene.TOKEN, "planted-wrong", "planted-password"));

	@TempDir
	private Path directory;

	private Scene scene;

	@BeforeEach
	void open() throws IOException {
		scene = Scene.withTwoApplications(directory);
	}

	@AfterEach
	void close() throws IOException {
		scene.close();
	}

	@Test
	void onGoodNightsAndKilledOnes() throws IOException {
		assertThat(scene.night("--debug").exit()).isZero();
		assertThat(scene.night("--debug", "--output", "json").exit()).isZero();
		Night next = new Night(Scene.NIGHT.job(), Scene.NIGHT.scheduledFor().plusSeconds(60));
		Program.Running running = scene.start(next, "--debug");
		Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> new Traces(scene).backups(next) > 0);
		running.kill();

		assertThat(holders(directory.resolve("kubeconfig"))).as("the search finds what is there").hasSize(1);
		assertThat(scene.database()).exists();
		assertThat(new Traces(scene).keys()).anyMatch(key -> key.endsWith("proof.json"));
		assertNoSecretIsWrittenDown();
	}

	@Test
	void whenTheBucketRefuses() throws IOException {
		assertFailsAndSays(scene.start(Scene.NIGHT,
				Map.of("AWS_ACCESS_KEY_ID", Scene.KEY.id(), "AWS_SECRET_ACCESS_KEY", "planted-wrong"), "--debug"),
				"[TARGET_REFUSED]");
		assertFailsAndSays(scene.start(Scene.NIGHT,
				Map.of("AWS_ACCESS_KEY_ID", "planted-wrong", "AWS_SECRET_ACCESS_KEY", Scene.KEY.secret()), "--debug"),
				"[TARGET_REFUSED]");
		try (B2Front front = B2Front.start(scene.bucketEndpoint())) {
			front.faults().always(CallPattern.any(), Fault.accessDenied());
			scene.useEndpoint(front.endpoint());
			assertFailsAndSays(scene.start(Scene.NIGHT, "--debug"), "[TARGET_REFUSED]");
			assertThat(front.faults().unfired()).isEmpty();
		}
		assertNoSecretIsWrittenDown();
	}

	@Test
	void whenTheBucketCannotBeReached() throws IOException {
		scene.useEndpoint(URI.create("http://127.0.0.1:1"));
		assertFailsAndSays(scene.start(Scene.NIGHT, "--debug"), "[TARGET_UNREACHABLE]");

		scene.useEndpoint(URI.create("http://planted-password:planted-password@127.0.0.1:1"));
		assertFailsAndSays(scene.start(Scene.NIGHT, "--debug"), "[");
		assertNoSecretIsWrittenDown();
	}

	@Test
	void whenTheClusterRefusesOrCannotBeReachedOrTheKubeconfigIsBroken() throws IOException {
		String kubeconfig = Files.readString(directory.resolve("kubeconfig"));
		String server = kubeconfig.replaceAll("(?s).*server: \"([^\"]+)\".*", "$1");

		scene.useKubeconfig(kubeconfig(kubeconfig.replace(server, scene.bucketEndpoint().toString())));
		assertFailsAndSays(scene.start(Scene.NIGHT, "--debug"), "[CLUSTER_REFUSED]");
		scene.useKubeconfig(kubeconfig(kubeconfig.replace(server, "http://127.0.0.1:1")));
		assertFailsAndSays(scene.start(Scene.NIGHT, "--debug"), "[CLUSTER_UNREACHABLE]");
		scene.useKubeconfig(kubeconfig(kubeconfig.replace(Scene.TOKEN + "}", Scene.TOKEN)));
		assertFailsAndSays(scene.start(Scene.NIGHT, "--debug"), "[INVALID_CONFIGURATION]");
		scene.useKubeconfig(kubeconfig(kubeconfig.replace("token:", "client-key-data:")));
		assertFailsAndSays(scene.start(Scene.NIGHT, "--debug"), "[");
		assertNoSecretIsWrittenDown();
	}

	private static void assertFailsAndSays(Program.Running night, String words) throws IOException {
		Program.Ended ended = night.await();
		assertThat(ended.exit()).as(ended.everything()).isNotZero();
		assertThat(ended.err()).contains(words).contains("\nhint: ").contains("\tat dev.longhaul.");
	}

	private void assertNoSecretIsWrittenDown() throws IOException {
		assertThat(holders(directory)).as("files with a secret in them").isEmpty();
	}

	/** Except those it was put into. */
	private List<String> holders(Path start) throws IOException {
		return SECRETS.holders(start,
				file -> (start.equals(file) || !file.getFileName().toString().startsWith("kubeconfig"))
						&& !file.startsWith(directory.resolve("cluster")));
	}

	private Path kubeconfig(String content) throws IOException {
		return Files.writeString(directory.resolve("kubeconfig-other"), content);
	}

}
