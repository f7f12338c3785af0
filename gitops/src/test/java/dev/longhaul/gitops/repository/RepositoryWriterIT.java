package dev.longhaul.gitops.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.change.PutDefinitions;
import dev.longhaul.gitops.change.RepositoryChange;
import dev.longhaul.gitops.change.SuspendJob;
import dev.longhaul.gitops.change.SuspendJob.Wanted;
import dev.longhaul.gitops.form.Problem;
import dev.longhaul.gitops.repository.WriteResult.Planned;
import dev.longhaul.gitops.repository.WriteResult.Pushed;
import dev.longhaul.gitops.repository.WriteResult.Refused;
import dev.longhaul.gitops.repository.WriteResult.Unchanged;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Against Git's own server, which other people push to at the worst moments.
 */
class RepositoryWriterIT {

	private static final String PATH = "longhaul/jobs/nightly.yaml";

	private static final String NIGHTLY = """
			# Ours.
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata:
			  name: nightly
			spec:
			  schedule: "30 2 * * *" # at night
			""";

	private static final RepositoryChange PAUSE = new SuspendJob(new JobName("nightly"), Wanted.PAUSED);

	private static final Author ADA = new Author("Ada", "ada@example.org");

	private static final GitLogin LOGIN = new GitLogin.Token(GitServer.USER, GitServer.TOKEN);

	@TempDir
	private Path directory;

	@AutoClose
	private GitServer server;

	private String first;

	@BeforeEach
	void serveARepository() throws IOException {
		server = GitServer.start(directory.resolve("server"));
		server.commit("apps/values.yaml", "applications: []\n");
		first = server.commit(PATH, NIGHTLY);
	}

	@Test
	void pushesOneCommitOnTopOfTheNewestAndKeepsEverythingElse() throws IOException {
		server.lock();
		WriteResult result = write(PAUSE, "the disk of the bucket is full");

		Pushed pushed = (Pushed) result;
		assertThat(server.git("log", "-1", "--format=%H|%P|%an <%ae>|%cn <%ce>|%aI|%B", "main").strip())
			.isEqualTo(pushed.commit().id() + "|" + first + "|Ada <ada@example.org>|Longhaul <longhaul@localhost>|"
					+ "2026-11-22T12:00:00+00:00|longhaul: pause nightly\n\nthe disk of the bucket is full");
		assertThat(server.git("diff", "--stat=80", first, "main")).contains("1 file changed, 1 insertion(+)");
		assertThat(server.git("show", "main:" + PATH)).isEqualTo(NIGHTLY + "  suspend: true\n");
		assertThat(server.git("show", "main:apps/values.yaml")).isEqualTo("applications: []\n");
		server.git("fsck", "--strict", "--full");
		assertThat(pushed.files()).extracting(FileChange::diff).containsExactly("""
				--- a/longhaul/jobs/nightly.yaml
				+++ b/longhaul/jobs/nightly.yaml
				@@ -5,3 +5,4 @@
				   name: nightly
				 spec:
				   schedule: "30 2 * * *" # at night
				+  suspend: true
				""");
	}

	@Test
	void pushesOverSshAndToTheBranchThatTheRepositoryPointsTo() throws IOException {
		try (SshServer ssh = SshServer.start(directory.resolve("ssh"))) {
			GitSource source = new GitSource(ssh.url(server.repository()), null, ssh.login("secret"));

			WriteResult result = write(source, PAUSE, "");

			assertThat(result).isInstanceOf(Pushed.class);
			assertThat(server.git("rev-parse", "main").strip()).isEqualTo(((Pushed) result).commit().id());
			assertThat(server.git("log", "-1", "--format=%B", "main").strip()).isEqualTo("longhaul: pause nightly");
		}
	}

	@Test
	void changesNothingWhereThereIsNothingToChangeOrWhilePlanning() throws IOException {
		WriteResult planned;
		try (RepositoryWriter writer = open(source())) {
			planned = writer.plan(PAUSE);
		}
		WriteResult unchanged = write(new SuspendJob(new JobName("nightly"), Wanted.RUNNING), "");

		assertThat(((Planned) planned).files()).singleElement()
			.satisfies(file -> assertThat(file.after()).endsWith("suspend: true\n"));
		assertThat(((Unchanged) unchanged).newest().id()).isEqualTo(first);
		assertThat(server.git("rev-parse", "main").strip()).isEqualTo(first);
	}

	@Test
	void refusesWhatWouldMakeTheFolderUnusable() throws IOException {
		String weekly = NIGHTLY.replace("nightly", "weekly").replace("schedule: \"30 2 * * *\"", "after: hourly");

		WriteResult result = write(new PutDefinitions("weekly.yaml", weekly), "");

		assertThat(((Refused) result).problems()).extracting(Problem::toString)
			.containsExactly("longhaul/jobs/weekly.yaml:6:10: no job 'hourly' is defined; defined are nightly, weekly");
		assertThat(server.git("rev-parse", "main").strip()).isEqualTo(first);
	}

	@Test
	void appliesTheChangeAgainToWhatSomebodyElseLeft() throws IOException {
		AtomicInteger applied = new AtomicInteger();
		RepositoryChange raced = files -> {
			if (applied.incrementAndGet() == 1) {
				commit("longhaul/jobs/hourly.yaml", NIGHTLY.replace("nightly", "hourly"));
				commit("apps/values.yaml", "applications: [{name: longhaul}]\n");
			}
			return PAUSE.apply(files);
		};

		WriteResult result = write(raced, "");

		assertThat(result).isInstanceOf(Pushed.class);
		assertThat(applied).hasValue(2);
		assertThat(server.git("log", "--format=%s", "main").lines()).containsExactly("longhaul: pause nightly",
				"change apps/values.yaml", "change longhaul/jobs/hourly.yaml", "change " + PATH,
				"change apps/values.yaml");
		assertThat(server.git("show", "main:apps/values.yaml")).contains("name: longhaul");
	}

	@Test
	void refusesIfSomebodyElseChangedTheSameDocumentMeanwhile() throws IOException {
		AtomicInteger applied = new AtomicInteger();
		RepositoryChange raced = files -> {
			if (applied.incrementAndGet() == 1) {
				commit(PATH, NIGHTLY.replace("30 2", "45 3"));
			}
			return PAUSE.apply(files);
		};

		RefusedRequest failure = catchThrowableOfType(RefusedRequest.class, () -> write(raced, ""));

		assertThat(failure.code()).isEqualTo(FailureCode.GIT_CONFLICT);
		assertThat(failure.fact()).isEqualTo("somebody else changed BackupJob nightly meanwhile");
		assertThat(server.git("show", "main:" + PATH)).isEqualTo(NIGHTLY.replace("30 2", "45 3"));
	}

	@Test
	void findsNothingToDoIfSomebodyElseDidTheSame() throws IOException {
		AtomicInteger applied = new AtomicInteger();
		RepositoryChange raced = files -> {
			if (applied.incrementAndGet() == 1) {
				commit(PATH, NIGHTLY + "  suspend: true\n");
			}
			return PAUSE.apply(files);
		};

		assertThat(write(raced, "")).isInstanceOf(Unchanged.class);
	}

	@Test
	void givesUpAfterAFewRacesWithoutForce() throws IOException {
		AtomicInteger applied = new AtomicInteger();
		RepositoryChange raced = files -> {
			commit("apps/values.yaml", "applications: [] # " + applied.incrementAndGet() + "\n");
			return PAUSE.apply(files);
		};

		TransientFailure failure = catchThrowableOfType(TransientFailure.class, () -> write(raced, ""));

		assertThat(failure.code()).isEqualTo(FailureCode.GIT_RACE);
		assertThat(failure.fact()).isEqualTo("others were faster at 5 attempts to push to " + server.url() + " (main)");
		assertThat(server.git("show", "main:" + PATH)).isEqualTo(NIGHTLY);
		assertThat(server.git("show", "main:apps/values.yaml")).isEqualTo("applications: [] # 5\n");
	}

	@Test
	void saysWhatTheServerHasAgainstIt() throws IOException {
		server.hook("pre-receive", "echo 'main is protected, ask Ada' >&2; exit 1");

		RefusedRequest failure = catchThrowableOfType(RefusedRequest.class, () -> write(PAUSE, ""));

		assertThat(failure.code()).isEqualTo(FailureCode.GIT_REFUSED);
		assertThat(failure.fact())
			.isEqualTo(server.url() + " (main) does not take the change: pre-receive hook declined");
		assertThat(server.git("rev-parse", "main").strip()).isEqualTo(first);
	}

	@Test
	void saysThatTheTokenMayOnlyRead() throws IOException {
		server.readOnly();

		RefusedRequest failure = catchThrowableOfType(RefusedRequest.class, () -> write(PAUSE, ""));

		assertThat(failure.code()).isEqualTo(FailureCode.GIT_REFUSED);
		assertThat(failure.fact()).isEqualTo(server.url() + " (main) refuses the user or the token");
		assertThat(failure.hint()).contains("to write it");
	}

	@Test
	void looksWhetherTheCommitIsThereWhenTheAnswerIsLost() throws IOException {
		server.loseNextAnswer(GitServer.Loss.AFTER_PUSH);

		WriteResult result = write(PAUSE, "");

		assertThat(((Pushed) result).commit().id()).isEqualTo(server.git("rev-parse", "main").strip());
		assertThat(server.git("log", "--format=%s", "main").lines()).filteredOn("longhaul: pause nightly"::equals)
			.hasSize(1);
	}

	@Test
	void findsItsCommitBelowThoseThatCameOnTopWhileTheAnswerWasLost() throws IOException {
		server.loseNextAnswer(GitServer.Loss.AFTER_PUSH, () -> {
			server.pull();
			commit("apps/values.yaml", "applications: [] # on top\n");
			commit(PATH, NIGHTLY.replace("30 2", "45 3"));
		});

		WriteResult result = write(PAUSE, "");

		assertThat(result).isInstanceOf(Pushed.class);
		assertThat(server.git("log", "--format=%s", "main").lines()).startsWith("change " + PATH,
				"change apps/values.yaml", "longhaul: pause nightly");
		assertThat(server.git("show", "main:" + PATH)).as("theirs stays").contains("45 3").doesNotContain("suspend");
	}

	@Test
	void pushesAgainIfThePushThatWasCutNeverArrived() throws IOException {
		server.loseNextAnswer(GitServer.Loss.BEFORE_PUSH);

		WriteResult result = write(PAUSE, "");

		assertThat(result).isInstanceOf(Pushed.class);
		assertThat(server.git("log", "--format=%s", "main").lines()).filteredOn("longhaul: pause nightly"::equals)
			.hasSize(1);
	}

	@Test
	void saysThatItDoesNotKnowIfTheServerStaysAway() {
		server.loseNextAnswer(GitServer.Loss.AFTER_PUSH, server::down);

		OutcomeUnknown failure = catchThrowableOfType(OutcomeUnknown.class, () -> write(PAUSE, ""));

		assertThat(failure.code()).isEqualTo(FailureCode.GIT_UNREACHABLE);
		assertThat(failure.fact()).contains("went away while commit", "it may be there or not");
		assertThat(failure.hint()).startsWith("run the same command again");
	}

	@Test
	void doesNotPutAFileInThePlaceOfALinkOrAFolder() throws IOException {
		server.link("longhaul/jobs/weekly.yaml", "/etc/passwd");
		server.commit("longhaul/applications/gitea.yaml/README", "a folder\n");
		String weekly = NIGHTLY.replace("nightly", "weekly");
		String gitea = """
				apiVersion: longhaul.dev/v1
				kind: Application
				metadata: {name: gitea}
				spec: {namespace: gitea, volumes: [{claim: data}]}
				""";

		for (String text : List.of(weekly, gitea)) {
			LonghaulException failure = catchThrowableOfType(LonghaulException.class,
					() -> write(new PutDefinitions("new.yaml", text), ""));

			assertThat(failure).isInstanceOf(RefusedRequest.class);
			assertThat(failure.fact()).contains("is no file or lies below one");
		}
	}

	@Test
	void fetchesADamagedCopyAnewBeforeItWrites() throws IOException {
		write(PAUSE, "");
		try (Stream<Path> files = Files.walk(directory.resolve("local/copy.git/objects"))) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Files.delete(file);
			}
		}

		WriteResult result = write(new SuspendJob(new JobName("nightly"), Wanted.RUNNING), "");

		assertThat(result).isInstanceOf(Pushed.class);
		assertThat(server.git("show", "main:" + PATH)).isEqualTo(NIGHTLY);
	}

	@Test
	void leavesNothingBehindNorAtWorkInACopyThatIsDeletedInTheEnd() {
		for (int time = 0; time < 30; time++) {
			RepositoryWriter once = RepositoryWriter.openOnce(source(), FetchBounds.USUAL, Clock.systemUTC());
			assertThat(once.read()).hasSize(1);
			assertThatNoException().isThrownBy(once::close);
		}
	}

	@Test
	void saysThatNothingWasChangedIfTheServerIsAwayFromTheStart() {
		server.down();

		TransientFailure failure = catchThrowableOfType(TransientFailure.class, () -> write(PAUSE, ""));

		assertThat(failure.code()).isEqualTo(FailureCode.GIT_UNREACHABLE);
	}

	private void commit(String file, String text) {
		try {
			server.commit(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private WriteResult write(RepositoryChange change, String reason) {
		return write(source(), change, reason);
	}

	private WriteResult write(GitSource source, RepositoryChange change, String reason) {
		try (RepositoryWriter writer = open(source)) {
			return writer.write(change, ADA, reason);
		}
	}

	private RepositoryWriter open(GitSource source) {
		Clock noon = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
		return RepositoryWriter.open(directory.resolve("local"), source, FetchBounds.USUAL, noon);
	}

	private GitSource source() {
		return new GitSource(server.url(), "main", LOGIN);
	}

}
