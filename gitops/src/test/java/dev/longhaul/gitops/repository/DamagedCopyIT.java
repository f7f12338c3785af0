package dev.longhaul.gitops.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.gitops.repository.InForce.Standing.NewestRefused;
import dev.longhaul.gitops.repository.InForce.Standing.NotAsked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Goal: whatever happens to our own copy, what is in force comes back, or is missed in a
 * sentence. Method: every file of the copy is damaged in several ways, one at a time,
 * with the server there and with the server away.
 */
class DamagedCopyIT {

	private static final String NIGHTLY = """
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata:
			  name: nightly
			spec:
			  schedule: "30 2 * * *"
			""";

	@TempDir
	private Path directory;

	private GitServer server;

	private Path pristine;

	private String good;

	/** In force is a commit that is not the newest: the newest has a mistake. */
	@BeforeEach
	void putACommitInForceAndBreakTheNext() throws IOException {
		server = GitServer.start(directory.resolve("server"));
		pristine = directory.resolve("pristine");
		good = server.commit("longhaul/jobs/nightly.yaml", NIGHTLY);
		try (DefinitionRepository repository = open(pristine)) {
			repository.refresh();
			server.commit("longhaul/jobs/nightly.yaml", NIGHTLY.replace("30 2", "30 25"));
			assertThat(repository.refresh().standing()).isInstanceOf(NewestRefused.class);
		}
	}

	@AfterEach
	void stopTheServer() {
		server.close();
	}

	@Test
	void comesBackWithWhatWasInForceWhileTheServerIsThere() throws IOException {
		int renewed = 0;
		for (Damage damage : everyDamage()) {
			Path copy = damaged(damage);
			try (DefinitionRepository repository = open(copy)) {
				InForce kept = repository.refresh();

				assertThat(kept.revision().id()).as(damage.toString()).isEqualTo(good);
				assertThat(kept.standing()).as(damage.toString()).isInstanceOf(NewestRefused.class);
				renewed += aside(copy).isEmpty() ? 0 : 1;
			}
			catch (RefusedRequest ex) {
				// Which commit was in force was said in that file only.
				assertThat(damage.file().toString()).contains("in-force");
				assertThat(ex.code()).isEqualTo(FailureCode.INVALID_DEFINITION);
			}
		}
		assertThat(renewed).as("damage that made a new copy necessary").isGreaterThan(10);
	}

	@Test
	void keepsWhatIsInForceOrSaysThatItCannotWhileTheServerIsAway() throws IOException {
		server.down();
		int kept = 0;
		int missed = 0;
		for (Damage damage : everyDamage()) {
			Path copy = damaged(damage);
			try (DefinitionRepository repository = open(copy)) {
				InForce inForce = repository.refresh();

				assertThat(inForce.revision().id()).as(damage.toString()).isEqualTo(good);
				assertThat(inForce.standing()).as(damage.toString()).isInstanceOf(NotAsked.class);
				kept++;
			}
			catch (TransientFailure ex) {
				assertThat(ex.code()).as(damage.toString()).isEqualTo(FailureCode.GIT_UNREACHABLE);
				assertThat(ex.fact()).contains(server.url(), "Connection refused");
				missed++;
			}
			assertThat(aside(copy)).as("nothing is put aside before there is something better: " + damage).isEmpty();
		}
		assertThat(kept).isGreaterThan(10);
		assertThat(missed).isGreaterThan(10);
	}

	@Test
	void comesBackOnceTheServerDoesAndKeepsWhatItPutAside() throws IOException {
		Path copy = damaged(new Damage(Path.of("copy.git/HEAD"), Way.RANDOM));
		wipe(copy.resolve("copy.git/objects"));
		server.down();
		LonghaulException away = catchThrowableOfType(TransientFailure.class, () -> {
			try (DefinitionRepository repository = open(copy)) {
				repository.refresh();
			}
		});
		server.up();

		try (DefinitionRepository repository = open(copy)) {
			assertThat(repository.refresh().revision().id()).isEqualTo(good);
		}
		assertThat(away.fact()).contains("the copy of it on this machine is damaged");
		assertThat(away.hint()).isEqualTo("it is fetched anew as soon as the server answers");
		assertThat(aside(copy)).hasSize(1);
		assertThat(aside(copy).get(0).resolve("refs/longhaul")).isNotEmptyDirectory();
	}

	@Test
	void takesTheNewestIfTheServerHasForgottenWhatWasInForce() throws IOException {
		Path copy = damaged(new Damage(Path.of("copy.git/HEAD"), Way.RANDOM));
		wipe(copy.resolve("copy.git/objects"));
		server.recreate();
		String mended = server.commit("longhaul/jobs/nightly.yaml", NIGHTLY.replace("30 2", "30 3"));

		try (DefinitionRepository repository = open(copy)) {
			assertThat(repository.refresh().revision().id()).isEqualTo(mended);
		}
	}

	@Test
	void collectsOldCommitsAndKeepsWhatIsInForce() throws IOException {
		Path copy = directory.resolve("long-lived");
		String last = good;
		try (DefinitionRepository repository = open(copy)) {
			for (int i = 0; i < 70; i++) {
				last = server.commit("longhaul/jobs/nightly.yaml", NIGHTLY.replace("30 2", i % 60 + " 2"));
				assertThat(repository.refresh().revision().id()).isEqualTo(last);
			}
		}
		server.down();

		assertThat(packs(copy)).hasSizeLessThanOrEqualTo(21);
		assertThat(Files.readAllLines(copy.resolve("copy.git/shallow"))).hasSizeLessThan(30);
		try (DefinitionRepository repository = open(copy)) {
			assertThat(repository.refresh().revision().id()).isEqualTo(last);
		}
	}

	@Test
	void keepsOnlyAFewOfTheCopiesItPutsAside() throws IOException {
		Path copy = damaged(new Damage(Path.of("copy.git/HEAD"), Way.RANDOM));
		for (int i = 0; i < 5; i++) {
			wipe(copy.resolve("copy.git/objects"));
			try (DefinitionRepository repository = open(copy)) {
				assertThat(repository.refresh().revision().id()).isEqualTo(good);
			}
		}

		assertThat(aside(copy)).hasSize(3);
	}

	private List<Damage> everyDamage() throws IOException {
		List<Damage> all = new ArrayList<>();
		try (Stream<Path> files = Files.walk(pristine)) {
			files.filter(Files::isRegularFile)
				.map(pristine::relativize)
				.forEach(file -> Arrays.stream(Way.values()).forEach(way -> all.add(new Damage(file, way))));
		}
		assertThat(all).hasSizeGreaterThan(40);
		return all;
	}

	private static List<Path> packs(Path copy) throws IOException {
		try (Stream<Path> packs = Files.list(copy.resolve("copy.git/objects/pack"))) {
			return packs.filter(file -> file.toString().endsWith(".pack")).toList();
		}
	}

	private Path damaged(Damage damage) throws IOException {
		Path copy = Files.createTempDirectory(directory, "copy");
		try (Stream<Path> tree = Files.walk(pristine)) {
			for (Path from : tree.toList()) {
				if (!from.equals(pristine)) {
					Files.copy(from, copy.resolve(pristine.relativize(from)));
				}
			}
		}
		damage.way().apply(copy.resolve(damage.file()));
		return copy;
	}

	private static List<Path> aside(Path copy) throws IOException {
		try (Stream<Path> entries = Files.list(copy)) {
			return entries.filter(entry -> entry.getFileName().toString().startsWith("damaged-")).toList();
		}
	}

	private static void wipe(Path objects) throws IOException {
		try (Stream<Path> files = Files.walk(objects)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Files.delete(file);
			}
		}
	}

	private DefinitionRepository open(Path copy) {
		return DefinitionRepository.open(copy, new GitSource(server.url(), "main", new GitLogin.Anonymous()),
				FetchBounds.USUAL, Clock.systemUTC());
	}

	/** One file, and what becomes of it. */
	private record Damage(Path file, Way way) {
	}

	private enum Way {

		DELETED, EMPTIED, HALVED, RANDOM, A_DIRECTORY;

		void apply(Path file) throws IOException {
			// Packs are written read-only.
			assertThat(file.toFile().setWritable(true)).isTrue();
			byte[] content = Files.readAllBytes(file);
			switch (this) {
				case DELETED -> Files.delete(file);
				case EMPTIED -> Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
				case HALVED -> Files.write(file, Arrays.copyOf(content, content.length / 2));
				case RANDOM -> {
					new Random(content.length).nextBytes(content);
					Files.write(file, content);
				}
				case A_DIRECTORY -> {
					Files.delete(file);
					Files.createDirectory(file);
				}
			}
		}

	}

}
