package dev.longhaul.scheduler.scenario.mirrored_after_the_night;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.longhaul.backupstore.directory.DirectoryObjectStore;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.gitops.repository.GitServer;
import dev.longhaul.scheduler.scenario.Declared;
import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.Traces;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a night that is declared with a mirror and a verification after it is copied and
 * read back without anybody's doing, also when the process is killed in between. Method:
 * the packaged server follows a repository; the night is awaited at a real minute.
 */
class MirroredAfterTheNightIT {

	/** Of one minute of one day, so that no second night gets in the way. */
	private static final DateTimeFormatter CRON = DateTimeFormatter.ofPattern("m H d M '*'", Locale.ROOT);

	private static final String JOBS = """
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata: {name: nightly}
			spec: {schedule: "%s"}
			---
			apiVersion: longhaul.dev/v1
			kind: MirrorJob
			metadata: {name: to-the-nas}
			spec: {after: nightly, to: nas}
			---
			apiVersion: longhaul.dev/v1
			kind: VerifyJob
			metadata: {name: proof}
			spec: {after: to-the-nas}
			---
			apiVersion: longhaul.dev/v1
			kind: VerifyJob
			metadata: {name: proof-there}
			spec: {after: proof, target: nas}
			""";

	@TempDir
	private Path directory;

	private Scene scene;

	private Traces traces;

	private GitServer git;

	private Path nas;

	@BeforeEach
	void declareANightAndWhatFollowsIt() throws IOException {
		scene = Scene.withTwoApplications(directory.resolve("scene"));
		traces = new Traces(scene);
		nas = Files.createDirectories(directory.resolve("nas"));
		scene.useMirror("nas", nas);
		git = GitServer.start(directory.resolve("git"));
		scene.useRepository(git.url());
		git.commit("longhaul/applications/vaultwarden.yaml", Declared.application("vaultwarden", "data"));
		git.commit("longhaul/applications/gitea.yaml", Declared.application("gitea", "data", "db"));
		git.commit("longhaul/jobs/jobs.yaml", JOBS.formatted("0 0 1 1 *"));
	}

	@AfterEach
	void close() throws IOException {
		git.close();
		scene.close();
	}

	@Test
	void theMirrorHoldsTheSameBytesAndTheNightIsProvenTwice() throws IOException {
		Program.Running server = serveUntilTheNightIsDue();

		awaiting().until(() -> verified(server, "proof-there"));

		Program.Ended ended = stop(server);
		assertThat(ended.err()).as(ended.everything()).isEmpty();
		assertTheMirrorIsWhole();
		assertThat(traces.keys()).anyMatch(key -> key.matches("cluster/longhaul/runs/proof/.+/verification\\.json"));
		assertThat(traces.catalog().readAll().applications()).hasSize(2).allSatisfy(application -> {
			Verdict verdict = application.judged().verdict();
			assertThat(verdict.on(Clause.COPIES).answer()).isEqualTo(Answer.HOLDS);
			assertThat(verdict.on(Clause.COPIES).evidence()).endsWith(", file://" + nas);
			assertThat(verdict.on(Clause.ERRORS).evidence()).doesNotContain("not read back");
		});
	}

	@Test
	void aBitThatFlipsInTheMirrorIsFoundThere() throws IOException {
		Program.Running server = serveUntilTheNightIsDue();
		awaiting().pollInterval(Duration.ofMillis(50)).until(() -> server.printed().contains("  proof "));
		flipABitInTheMirror();

		awaiting().until(() -> verified(server, "proof-there"));

		Program.Ended ended = stop(server);
		assertThat(ended.err()).as(ended.everything()).contains("gitea of nightly");
		assertThat(traces.catalog().readAll().applications()).first().satisfies(gitea -> {
			Verdict verdict = gitea.judged().verdict();
			assertThat(verdict.on(Clause.COPIES).answer()).isEqualTo(Answer.FAILS);
			assertThat(verdict.on(Clause.ERRORS).evidence()).startsWith("in file://" + nas + ": ");
		});
	}

	@Test
	void aMirrorThatWasKilledIsFinishedByTheNextStart() throws IOException {
		Program.Running server = serveUntilTheNightIsDue();
		awaiting().pollInterval(Duration.ofMillis(50))
			.until(() -> traces.keys().stream().anyMatch(key -> key.matches(".+/runs/nightly/.+/manifest\\.json")));
		String lock = holdUpTheLastVolume();

		awaiting()
			.until(() -> server.printed().contains("vaultwarden-data waits for the end of a deletion in the source"));
		server.kill();
		scene.store().delete(List.of(lock));
		Program.Running next = scene.startServing();
		awaiting().until(() -> verified(next, "proof-there"));

		Program.Ended ended = stop(next);
		assertThat(ended.out()).contains("was interrupted and goes on");
		assertTheMirrorIsWhole();
	}

	private Program.Running serveUntilTheNightIsDue() throws IOException {
		Program.Running server = scene.startServing();
		awaiting().until(() -> server.printed().contains("proof: after to-the-nas"));
		ZonedDateTime soon = Clock.systemUTC().instant().plusSeconds(65).atZone(ZoneOffset.UTC);
		git.commit("longhaul/jobs/jobs.yaml", JOBS.formatted(CRON.format(soon)));
		return server;
	}

	/**
	 * As Longhorn does while it deletes a backup; only now, so that the night is over.
	 */
	private String holdUpTheLastVolume() {
		String key = traces.layout().locksPrefix(Scene.volume("vaultwarden", "data")) + "lock-0123456789abcdef.lck";
		scene.store()
			.put(key, "{\"Name\":\"lock-0123456789abcdef\",\"Type\":2,\"Acquired\":true}"
				.getBytes(StandardCharsets.UTF_8));
		return key;
	}

	/** But for what was recorded after the mirror, which the next run copies. */
	private void assertTheMirrorIsWhole() {
		Map<String, String> source = contents(scene.store(), "cluster/");
		source.keySet().removeIf(key -> key.matches("longhaul/runs/(proof|proof-there|to-the-nas)/.+"));
		try (ObjectStore there = new DirectoryObjectStore(nas)) {
			assertThat(contents(there, "")).containsExactlyInAnyOrderEntriesOf(source);
		}
		assertThat(source.keySet()).anyMatch(key -> key.matches("longhaul/runs/nightly/.+/proof\\.json"));
	}

	/** Bytes by key below a path. */
	private static Map<String, String> contents(ObjectStore store, String path) {
		Map<String, String> contents = new TreeMap<>();
		ObjectReader reader = new ObjectReader(store, Pause.real());
		new Listing(store, path)
			.forEachRemaining(
					object -> contents.put(object.key().substring(path.length()),
							reader
								.read(object.key(),
										found -> new String(found.content().readAllBytes(),
												StandardCharsets.ISO_8859_1))
								.orElseThrow()));
		return contents;
	}

	private static boolean verified(Program.Running server, String job) {
		return server.printed()
			.lines()
			.anyMatch(line -> line.contains("  " + job + " ") && line.endsWith("are proven"));
	}

	private void flipABitInTheMirror() throws IOException {
		String key = new Listing(new DirectoryObjectStore(nas),
				new BackupstoreLayout("").blocksPrefix(Scene.volume("gitea", "data")))
			.next()
			.key();
		byte[] bytes = Files.readAllBytes(nas.resolve(key));
		bytes[bytes.length / 2] ^= 1;
		Files.write(nas.resolve(key), bytes);
	}

	private static Program.Ended stop(Program.Running server) throws IOException {
		server.process().destroy();
		return server.await();
	}

	private static ConditionFactory awaiting() {
		return Awaitility.await().atMost(Duration.ofSeconds(170)).pollInterval(Duration.ofMillis(200));
	}

}
