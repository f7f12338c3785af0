package dev.longhaul.simulator.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import org.eclipse.jgit.api.CloneCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmbeddedGitTest {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T02:30:00Z"), ZoneOffset.UTC);

	private static final CredentialsProvider OWNER = new UsernamePasswordCredentialsProvider("owner", "let-me-in");

	@TempDir
	private Path directory;

	private EmbeddedGit server;

	@BeforeEach
	void serve() throws IOException {
		server = EmbeddedGit.serve(directory.resolve("served"), "owner/homelab.git",
				Map.of("longhaul/jobs/nightly.yaml", "kind: BackupJob\n", "README.md", "# Home\n"), "owner",
				"let-me-in", CLOCK);
	}

	@AfterEach
	void close() {
		server.close();
	}

	@Test
	void isClonedWithWhatItBeganWith() throws IOException, GitAPIException {
		try (Git clone = clone("clone")) {
			assertThat(directory.resolve("clone/longhaul/jobs/nightly.yaml")).hasContent("kind: BackupJob\n");
			assertThat(clone.getRepository().getBranch()).isEqualTo(EmbeddedGit.BRANCH);
		}
	}

	@Test
	void takesWhatIsPushedAndShowsItToTheNext() throws IOException, GitAPIException {
		try (Git clone = clone("writer")) {
			commit(clone, "edited");

			assertThat(push(clone)).isEqualTo(RemoteRefUpdate.Status.OK);
		}

		try (Git clone = clone("reader")) {
			assertThat(clone.getRepository().getBranch()).isEqualTo(EmbeddedGit.BRANCH);
			assertThat(directory.resolve("reader/README.md")).hasContent("edited");
		}
	}

	@Test
	void refusesAPushThatWouldLoseACommit() throws IOException, GitAPIException {
		try (Git early = clone("early"); Git late = clone("late")) {
			commit(early, "first");
			push(early);
			commit(late, "second");

			assertThat(push(late)).isNotEqualTo(RemoteRefUpdate.Status.OK);
		}
	}

	@Test
	void letsNobodyInWithoutThePassword() {
		CloneCommand clone = Git.cloneRepository()
			.setURI(server.url().toString())
			.setDirectory(directory.resolve("stranger").toFile())
			.setCredentialsProvider(new UsernamePasswordCredentialsProvider("owner", "guessed"));

		assertThatExceptionOfType(TransportException.class).isThrownBy(clone::call)
			.withMessageContaining("not authorized");
	}

	private Git clone(String name) throws GitAPIException {
		return Git.cloneRepository()
			.setURI(server.url().toString())
			.setDirectory(directory.resolve(name).toFile())
			.setCredentialsProvider(OWNER)
			.call();
	}

	private static void commit(Git clone, String text) throws IOException, GitAPIException {
		Files.writeString(clone.getRepository().getWorkTree().toPath().resolve("README.md"), text);
		clone.commit()
			.setAll(true)
			.setSign(false)
			.setAuthor("Owner", "owner@example.org")
			.setCommitter("Owner", "owner@example.org")
			.setMessage(text)
			.call();
	}

	private static RemoteRefUpdate.Status push(Git clone) throws GitAPIException {
		PushResult result = clone.push().setCredentialsProvider(OWNER).call().iterator().next();
		return result.getRemoteUpdate(Constants.R_HEADS + EmbeddedGit.BRANCH).getStatus();
	}

}
