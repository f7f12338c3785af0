package dev.longhaul.gitops.repository;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import dev.longhaul.core.export.RepositoryBundles.Bundle;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * From Git's own server over HTTP, into Git's own program.
 */
class WholeRepositoryIT {

	@TempDir
	private Path directory;

	@AutoClose
	private GitServer server;

	private Path place;

	@BeforeEach
	void serveARepositoryWithAHistory() throws IOException {
		server = GitServer.start(directory.resolve("server"));
		server.commit("apps/values.yaml", "applications: []\n");
		server.commit("longhaul/jobs/nightly.yaml", "first\n");
		server.git("tag", "v1", "main");
		server.commit("longhaul/jobs/nightly.yaml", "second\n");
		server.commit("notes.txt", "later\n".getBytes(StandardCharsets.UTF_8), "draft");
		place = directory.resolve("place");
	}

	@Test
	void gitClonesTheBundleWithAllOfItsHistory() throws IOException {
		Path bundle = directory.resolve("homelab.bundle");

		Bundle made = make(null, bundle);

		String main = server.git("rev-parse", "main").strip();
		Path clone = clone(bundle);
		assertThat(made.origin()).isEqualTo(server.url() + ", commit " + main.substring(0, 8));
		assertThat(git(clone, "rev-parse", "HEAD")).isEqualTo(main);
		assertThat(git(clone, "symbolic-ref", "--short", "HEAD")).isEqualTo("main");
		assertThat(clone.resolve("longhaul/jobs/nightly.yaml")).hasContent("second");
		assertThat(git(clone, "log", "--oneline")).hasLineCount(3);
		assertThat(git(clone, "show", "v1:longhaul/jobs/nightly.yaml")).isEqualTo("first");
		assertThat(git(clone, "show", "origin/draft:notes.txt")).isEqualTo("later");
		assertThat(git(clone, "fsck", "--full", "--strict")).doesNotContain("error", "missing");
	}

	@Test
	void aCloneBeginsWithTheBranchThatIsFollowed() throws IOException {
		Path bundle = directory.resolve("homelab.bundle");

		Bundle made = make("draft", bundle);

		assertThat(made.origin()).startsWith(server.url() + " (draft), commit ");
		assertThat(clone(bundle).resolve("notes.txt")).hasContent("later");
	}

	@Test
	void leavesNothingBehindOnceItIsRead() throws IOException {
		Files.createDirectories(place.resolve("whole.git"));
		Files.writeString(place.resolve("whole.git/HEAD"), "of a process that was killed");

		make(null, directory.resolve("homelab.bundle"));

		assertThat(left()).isEmpty();
	}

	@Test
	void aServerThatIsAwayIsNoEmptyRepository() {
		server.down();

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(whole(null, FetchBounds.WHOLE)::make)
			.withMessageStartingWith(server.url() + " does not answer: ")
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.GIT_UNREACHABLE));
		assertThat(left()).isEmpty();
	}

	@Test
	void aHistoryThatIsTooLargeIsRefused() throws IOException {
		byte[] noise = new byte[300_000];
		new Random(7).nextBytes(noise);
		server.commit("noise.bin", noise, "main");
		FetchBounds little = new FetchBounds(new ByteSize(200_000), Duration.ofSeconds(20), Duration.ofMinutes(2));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(whole(null, little)::make)
			.withMessageStartingWith(server.url() + ": the repository sends more than ")
			.satisfies(failure -> assertThat(failure.hint()).isEqualTo("is it the right repository? All of its history "
					+ "is fetched for a bundle, and its newest commit for anything else"));
		assertThat(left()).isEmpty();
	}

	@Test
	void aBranchThatIsNotThereIsRefused() {
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(whole("gone", FetchBounds.WHOLE)::make)
			.withMessage(server.url() + " (gone) has no commit to begin with");
	}

	@Test
	void aRepositoryWhoseHistoryIsCutIsRefused() throws IOException {
		Path full = directory.resolve("full.git");
		Files.move(server.repository(), full);
		git(directory, "clone", "--quiet", "--bare", "--depth", "1", "file://" + full, server.repository().toString());

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(whole(null, FetchBounds.WHOLE)::make)
			.withMessage(server.url() + " has not all of its history itself");
	}

	private Bundle make(@Nullable String branch, Path file) throws IOException {
		Bundle made = whole(branch, FetchBounds.WHOLE).make();
		try (InputStream content = made.content()) {
			Files.copy(content, file);
		}
		return made;
	}

	private WholeRepository whole(@Nullable String branch, FetchBounds bounds) {
		return new WholeRepository(place, new GitSource(server.url(), branch, new GitLogin.Anonymous()), bounds,
				Clock.systemUTC());
	}

	private List<Path> left() {
		try (Stream<Path> entries = Files.list(place)) {
			return entries.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path clone(Path bundle) throws IOException {
		Path clone = directory.resolve("clone");
		git(directory, "clone", "--quiet", bundle.toString(), clone.toString());
		return clone;
	}

	private static String git(Path where, String... arguments) throws IOException {
		return GitServer.run(where, arguments).strip();
	}

}
