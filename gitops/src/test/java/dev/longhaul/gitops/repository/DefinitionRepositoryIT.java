package dev.longhaul.gitops.repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.gitops.form.Problem;
import dev.longhaul.gitops.repository.InForce.Standing.Newest;
import dev.longhaul.gitops.repository.InForce.Standing.NewestRefused;
import dev.longhaul.gitops.repository.InForce.Standing.NotAsked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Against Git's own server over HTTP.
 */
class DefinitionRepositoryIT {

	private static final String NIGHTLY = """
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata:
			  name: nightly
			spec:
			  schedule: "30 2 * * *"
			""";

	private static final GitLogin LOGIN = new GitLogin.Token(GitServer.USER, GitServer.TOKEN);

	@TempDir
	private Path directory;

	@AutoClose
	private GitServer server;

	@BeforeEach
	void serveARepository() throws IOException {
		server = GitServer.start(directory.resolve("server"));
		server.commit("apps/values.yaml", "applications: []\n");
	}

	@Test
	void takesTheNewestCommitIntoForceAndTheNextOneWhenItComes() throws IOException {
		String first = server.commit("longhaul/jobs/nightly.yaml", NIGHTLY);
		try (DefinitionRepository repository = open(new GitLogin.Anonymous())) {
			InForce before = repository.refresh();
			String second = server.commit("longhaul/jobs/hourly.yaml", NIGHTLY.replace("nightly", "hourly"));
			InForce after = repository.refresh();

			assertThat(before.revision().id()).isEqualTo(first);
			assertThat(before.revision().author()).isEqualTo("Ada");
			assertThat(before.revision().subject()).isEqualTo("change longhaul/jobs/nightly.yaml");
			assertThat(before.definitions().jobs()).hasSize(1);
			assertThat(before.standing()).isEqualTo(new Newest());
			assertThat(after.revision().id()).isEqualTo(second);
			assertThat(after.definitions().jobs()).hasSize(2);
		}
	}

	@Test
	void keepsTheLastGoodRevisionInForceOverAMistakeAndARestart() throws IOException {
		String good = server.commit("longhaul/jobs/nightly.yaml", NIGHTLY);
		try (DefinitionRepository repository = open(LOGIN)) {
			repository.refresh();
		}
		String broken = server.commit("longhaul/jobs/nightly.yaml", NIGHTLY.replace("30 2", "30 25"));

		try (DefinitionRepository repository = open(LOGIN)) {
			InForce kept = repository.refresh();
			String mended = server.commit("longhaul/jobs/nightly.yaml", NIGHTLY.replace("30 2", "30 3"));

			assertThat(kept.revision().id()).isEqualTo(good);
			assertThat(kept.definitions().jobs()).hasSize(1);
			NewestRefused refused = (NewestRefused) kept.standing();
			assertThat(refused.newest().id()).isEqualTo(broken);
			assertThat(refused.problems()).extracting(Problem::toString)
				.containsExactly("longhaul/jobs/nightly.yaml:6:13: '30 25 * * *' is no cron expression: "
						+ "Value 25 not in range [0, 23]; expected a night");
			assertThat(repository.refresh().revision().id()).isEqualTo(mended);
		}
	}

	@Test
	void keepsTheLastGoodRevisionInForceWhileTheServerIsAway() throws IOException {
		String good = server.commit("longhaul/jobs/nightly.yaml", NIGHTLY);
		try (DefinitionRepository repository = open(LOGIN)) {
			repository.refresh();
		}
		server.down();

		try (DefinitionRepository repository = open(LOGIN)) {
			InForce kept = repository.refresh();
			server.up();

			assertThat(kept.revision().id()).isEqualTo(good);
			assertThat(((NotAsked) kept.standing()).why()).contains(server.url(), "Connection refused");
			assertThat(repository.refresh().standing()).isEqualTo(new Newest());
		}
	}

	@Test
	void hasNothingToGoByIfTheFirstAnswerNeverCame() {
		server.down();

		try (DefinitionRepository repository = open(LOGIN)) {
			TransientFailure failure = catchThrowableOfType(TransientFailure.class, repository::refresh);

			assertThat(failure.code()).isEqualTo(FailureCode.GIT_UNREACHABLE);
		}
	}

	@Test
	void saysWhereTheMistakeIsIfTheFirstDefinitionsHaveOne() throws IOException {
		String id = server.commit("longhaul/jobs/nightly.yaml", NIGHTLY.replace("schedule", "shedule"));

		LonghaulException failure = refused(new GitSource(server.url(), "main", LOGIN), FetchBounds.USUAL);

		assertThat(failure.code()).isEqualTo(FailureCode.INVALID_DEFINITION);
		assertThat(failure.fact()).isEqualTo("commit " + id.substring(0, 8)
				+ ": longhaul/jobs/nightly.yaml:6:3: 'shedule' is no key that is known here");
	}

	@Test
	void doesNotInheritWhatWasInForceOfAnotherBranch() throws IOException {
		server.commit("longhaul/jobs/nightly.yaml", NIGHTLY);
		try (DefinitionRepository repository = open(LOGIN)) {
			repository.refresh();
		}
		server.commit("longhaul/jobs/nightly.yaml", "broken: true\n".getBytes(StandardCharsets.UTF_8), "try");

		LonghaulException failure = refused(new GitSource(server.url(), "try", LOGIN), FetchBounds.USUAL);

		assertThat(failure.code()).isEqualTo(FailureCode.INVALID_DEFINITION);
	}

	@Test
	void makesItselfKnownWithATokenAndSaysSoWhenItIsRefused() throws IOException {
		server.commit("longhaul/jobs/nightly.yaml", NIGHTLY);
		server.lock();

		try (DefinitionRepository repository = open(LOGIN)) {
			assertThat(repository.refresh().definitions().jobs()).hasSize(1);
		}
		for (GitLogin login : new GitLogin[] { new GitLogin.Anonymous(),
				new GitLogin.Token(GitServer.USER, "another-secret") }) {
			LonghaulException failure = refused(new GitSource(server.url(), "main", login), FetchBounds.USUAL);

			assertThat(failure).isInstanceOf(RefusedRequest.class);
			assertThat(failure.code()).isEqualTo(FailureCode.GIT_REFUSED);
			assertThat(failure.fact()).isEqualTo(server.url() + " (main) refuses the user or the token");
			assertThat(failure).hasStackTraceContaining(server.url());
			assertThat(failure.toString() + failure.getCause()).doesNotContain("another-secret");
		}
	}

	@Test
	void tellsAMissingRepositoryFromAMissingBranch() {
		LonghaulException repository = refused(new GitSource(server.url().replace("homelab", "nowhere"), null, LOGIN),
				FetchBounds.USUAL);
		LonghaulException branch = refused(new GitSource(server.url(), "nowhere", LOGIN), FetchBounds.USUAL);

		assertThat(repository.fact()).startsWith("there is no repository at http://127.0.0.1:");
		assertThat(branch.fact()).isEqualTo(server.url() + " (nowhere) has no such branch");
	}

	@Test
	void fetchesOnlyTheNewestCommitAndNoMoreThanItIsAllowed() throws IOException {
		byte[] random = new byte[3 * 1024 * 1024];
		new Random(7).nextBytes(random);
		server.commit("film.bin", random, "main");
		Files.delete(directory.resolve("server/tree/film.bin"));
		server.commit("longhaul/jobs/nightly.yaml", NIGHTLY);
		FetchBounds bounds = new FetchBounds(ByteSize.ofMebibytes(1), Duration.ofSeconds(20), Duration.ofMinutes(1));
		try (DefinitionRepository repository = open(new GitSource(server.url(), null, LOGIN), bounds)) {
			assertThat(repository.refresh().definitions().jobs()).hasSize(1);
			server.commit("film.bin", random, "main");

			LonghaulException failure = catchThrowableOfType(LonghaulException.class, repository::refresh);

			assertThat(failure.code()).isEqualTo(FailureCode.GIT_REFUSED);
			assertThat(failure.fact()).isEqualTo(server.url() + ": the repository sends more than 1 MiB");
		}
		assertThat(sizeOf(directory.resolve("local"))).isLessThan(2 * 1024 * 1024);
	}

	@Test
	void givesUpARepositoryThatTakesTooLong() throws IOException {
		server.commit("longhaul/jobs/nightly.yaml", NIGHTLY);
		FetchBounds bounds = new FetchBounds(ByteSize.ofMebibytes(1), Duration.ofSeconds(20), Duration.ZERO);

		LonghaulException failure = refused(new GitSource(server.url(), null, LOGIN), bounds);

		assertThat(failure.fact()).isEqualTo(server.url() + ": the repository was not received within 0 s");
	}

	@Test
	void refusesFilesThatAreNoDefinitionsByTheirSizeOrKind() throws IOException {
		server.commit("longhaul/jobs/nightly.yaml", NIGHTLY);
		Path tree = directory.resolve("server/tree/longhaul/jobs");
		Files.createSymbolicLink(tree.resolve("link.yaml"), Path.of("/etc/passwd"));
		server.commit("longhaul/README.md", "# Ours\n");
		try (DefinitionRepository repository = open(LOGIN)) {
			assertThat(repository.refresh().definitions().jobs()).hasSize(1);
		}
		server.commit("longhaul/jobs/large.yaml", "#".repeat(5 * 1024 * 1024));

		try (DefinitionRepository repository = open(LOGIN)) {
			InForce kept = repository.refresh();

			assertThat(((NewestRefused) kept.standing()).problems()).extracting(Problem::toString)
				.containsExactly("longhaul/jobs/large.yaml:1:1: this file is too long; expected at most 1048576 bytes");
		}
	}

	private LonghaulException refused(GitSource source, FetchBounds bounds) {
		try (DefinitionRepository repository = open(source, bounds)) {
			@Nullable LonghaulException failure = catchThrowableOfType(LonghaulException.class, repository::refresh);
			assertThat(failure).isNotNull();
			return failure;
		}
	}

	private DefinitionRepository open(GitLogin login) {
		return open(new GitSource(server.url(), "main", login), FetchBounds.USUAL);
	}

	private DefinitionRepository open(GitSource source, FetchBounds bounds) {
		return DefinitionRepository.open(directory.resolve("local"), source, bounds, Clock.systemUTC());
	}

	private static long sizeOf(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
		}
	}

}
