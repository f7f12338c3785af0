package dev.longhaul.restore.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.Fingerprint;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.restore.choice.KeptBundle;
import dev.longhaul.restore.plan.PlannedRepository;
import dev.longhaul.restore.pod.LocalShell;
import dev.longhaul.restore.repository.RepositoryOutcome.Kept;
import dev.longhaul.restore.repository.RepositoryOutcome.Left;
import dev.longhaul.restore.repository.RepositoryOutcome.Replaced;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * With Git's own program and a real shell, on real repositories.
 */
class RepositoryRestoreTest {

	private static final Place PLACE = new Place(new Workload(Workload.Kind.DEPLOYMENT, "gitea", "gitea"), null);

	private static final RepositoryName NAME = new RepositoryName("owner", "homelab");

	private static final String KILL_AT = "[ -e $0.passed ] && exec /bin/%1$s \"$@\"; touch $0.passed; kill -9 $PPID";

	@TempDir
	private Path directory;

	private GitOnDisk git;

	private Path root;

	private Path repository;

	private Path bundle;

	private LocalShell pod;

	private String recorded;

	@BeforeEach
	void make() throws IOException {
		git = new GitOnDisk(directory.resolve("work"));
		git.commit("first", 100);
		recorded = git.commit("recorded", 300_000);
		root = directory.resolve("data/git/repositories");
		repository = root.resolve("owner/homelab.git");
		Files.createDirectories(repository.getParent());
		bundle = directory.resolve("bundle");
		pod = new LocalShell(directory.resolve("programs")).with("GITEA__repository__ROOT", root.toString());
		// Where commands run as root, as in Gitea's own image.
		pod.program("su-exec", "shift; exec \"$@\"");
		pod.program("gitea", "echo \"$@\" > %s/gitea-was-called".formatted(directory));
	}

	@Test
	void oneThatIsAsItWasRecordedServes() throws IOException {
		git.bare(repository);

		assertThat(restore(null)).isEqualTo(new Kept(new RepositoryStanding.Same(recorded), null));
	}

	@Test
	void oneWithNewerCommitsServesWithAllOfThem() throws IOException {
		git.commit("second", 10);
		String head = git.commit("third", 10);
		git.bare(repository);

		RepositoryOutcome outcome = restore(null);

		assertThat(outcome).isEqualTo(new Kept(new RepositoryStanding.Newer(head, recorded, 2), null));
		assertThat(outcome.told())
			.isEqualTo("repository: whole, at commit %s, 2 newer than %s, which the night recorded"
				.formatted(head.substring(0, 12), recorded.substring(0, 12)));
	}

	/** The definitions may be on another branch than the default one. */
	@Test
	void aCommitOfAnotherBranchCounts() throws IOException {
		String main = git.commit("more", 10);
		git.branch("cluster");
		String ofCluster = git.commit("of cluster", 10);
		git.bare(repository);
		GitOnDisk.git(repository, "symbolic-ref", "HEAD", "refs/heads/main");

		assertThat(restore(planned(ofCluster, null))).isEqualTo(new Kept(new RepositoryStanding.Same(ofCluster), null));
		assertThat(restore(planned(main, null))).isEqualTo(new Kept(new RepositoryStanding.Same(main), null));
	}

	@Test
	void withoutARecordedCommitItOnlyHasToBeWhole() throws IOException {
		git.bare(repository);

		assertThat(restore(planned(null, null))).isEqualTo(new Kept(new RepositoryStanding.Sound(recorded), null));
		deleteObjects();
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> restore(planned(null, null)))
			.withMessageContaining("'gitea' does not serve the repository: damaged: ")
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.REPOSITORY_UNUSABLE));
	}

	@Test
	void aDamagedOneStaysBesideTheBundleThatServesInItsPlace() throws IOException {
		git.bare(repository);
		deleteObjects();
		git.commit("newer", 10);
		git.bundle(bundle);

		Replaced outcome = (Replaced) restore(kept());

		assertThat(outcome.before()).isInstanceOf(RepositoryStanding.Damaged.class);
		assertThat(outcome.before().told()).startsWith("damaged: ").hasSizeLessThan(2000);
		assertThat(outcome.standing()).isInstanceOf(RepositoryStanding.Newer.class);
		assertThat(outcome.aside()).isEqualTo(repository + ".longhaul-replaced-20261123t190000z");
		assertThat(Path.of(String.valueOf(outcome.aside()), "HEAD")).exists();
		assertThat(outcome.hooks()).isEqualTo("Gitea has written its hooks anew");
		assertThat(Files.readString(directory.resolve("gitea-was-called"))).isEqualTo("admin regenerate hooks\n");
		assertThat(GitOnDisk.git(repository, "symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
		assertThat(GitOnDisk.git(repository, "remote")).isEmpty();
		assertThat(siblings()).containsExactly("homelab.git", "homelab.git.longhaul-replaced-20261123t190000z");
		assertThat(restore(kept())).as("there is nothing left to do").isInstanceOf(Kept.class);
	}

	@Test
	void anAbsentOneComesOutOfTheBundleAndGiteaHasToKnowIt() throws IOException {
		Files.delete(repository.getParent());
		git.bundle(bundle);
		pod.withoutProgram("gitea");

		Replaced outcome = (Replaced) restore(kept());

		assertThat(outcome.before().told())
			.isEqualTo("absent: no %s (the variable GITEA__repository__ROOT)".formatted(repository));
		assertThat(outcome.standing()).isEqualTo(new RepositoryStanding.Same(recorded));
		assertThat(outcome.aside()).isNull();
		assertThat(outcome.remarks()).anyMatch(remark -> remark.contains("Unadopted Repositories"))
			.anyMatch(remark -> remark.startsWith("the container has no program gitea"));
	}

	@Test
	void aBundleThatIsOlderIsBetterThanNothing() throws IOException {
		git.bundle(bundle);
		String later = git.commit("later", 10);
		git.bare(repository);
		Files.write(repository.resolve("HEAD"), new byte[40]);

		RepositoryOutcome outcome = restore(planned(later, keptBundle()));

		assertThat(outcome.standing()).isEqualTo(new RepositoryStanding.Older(recorded, later, false));
		assertThat(outcome.told()).contains("damaged: fatal: not a git repository",
				"it lacks " + later.substring(0, 12));
	}

	@Test
	void anOlderOneMakesRoomForABundleThatHasAllOfIt() throws IOException {
		git.bare(repository);
		String later = git.commit("later", 10);
		git.bundle(bundle);

		RepositoryOutcome outcome = restore(planned(later, keptBundle()));

		assertThat(outcome).isInstanceOf(Replaced.class);
		assertThat(outcome.standing()).isEqualTo(new RepositoryStanding.Same(later));
	}

	/** It may be another repository altogether, or have what nobody else has. */
	@Test
	void anOlderOneWithCommitsOfItsOwnIsLeft() throws IOException {
		String later = git.commit("later", 10);
		git.bundle(bundle);
		git.back(recorded);
		String own = git.commit("own", 10);
		git.bare(repository);

		RepositoryOutcome outcome = restore(planned(later, keptBundle()));

		assertThat(outcome).isEqualTo(new Left(new RepositoryStanding.Older(own, later, false),
				"of the bundle: it lacks commit %s, which the restored repository has".formatted(own)));
		assertThat(siblings()).containsExactly("homelab.git");
		assertThat(restore(planned(later, null)))
			.isEqualTo(new Left(new RepositoryStanding.Older(own, later, false), "the bucket holds no bundle of it"));
	}

	@Test
	void aBundleThatProvesNothingReplacesNothing() throws IOException {
		git.bare(repository);
		deleteObjects();
		git.bundle(bundle);
		byte[] bytes = Files.readAllBytes(bundle);
		bytes[bytes.length / 2] ^= 1;
		Files.write(bundle, bytes);

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> restore(kept()))
			.withMessageContaining("; and of its bundle: git clone: ")
			.satisfies(failure -> assertThat(failure.hint()).startsWith(
					"'longhaul exports fetch s3://b@eu/ --application gitea --export repository --night 20261122t023000z "
							+ "--identity FILE --to repository.bundle' brings its bundle; 'git clone --mirror "));
		assertThat(siblings()).containsExactly("homelab.git");
	}

	@Test
	void aBundleThatIsNotWhatWasKeptIsNotSent() throws IOException {
		git.bare(repository);
		deleteObjects();
		RepositoryRestore restore = restore((wanted, file) -> {
			throw new DamagedData(FailureCode.BACKUP_DAMAGED, "it is not what was kept", "take another");
		}, Duration.ZERO);

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> restore.restore(kept(), PLACE, NAME))
			.withMessageEndingWith("; and of its bundle: it is not what was kept");
		assertThat(siblings()).containsExactly("homelab.git");
	}

	@Test
	void aConnectionThatBreaksIsTriedAgain() throws IOException {
		git.bundle(bundle);
		pod.breakAfter(2);

		assertThat(restore(kept()).standing()).isEqualTo(new RepositoryStanding.Same(recorded));
	}

	/** Before anything is renamed, and between the two names. */
	@ParameterizedTest
	@ValueSource(strings = { "chmod", "mv" })
	void killedAnywhereItIsFinishedByTheNextCall(String program) throws IOException {
		git.bare(repository);
		deleteObjects();
		git.bundle(bundle);
		pod.program(program, KILL_AT.formatted(program));

		assertThatExceptionOfType(LonghaulException.class).isThrownBy(() -> restore(kept()));

		assertThat(restore(kept()).standing()).isEqualTo(new RepositoryStanding.Same(recorded));
		assertThat(siblings()).containsExactly("homelab.git", "homelab.git.longhaul-replaced-20261123t190000z");
	}

	@Test
	void killedBetweenTheTwoNamesNothingIsLost() throws IOException {
		git.bare(repository);
		deleteObjects();
		git.bundle(bundle);
		pod.program("mv", "[ -e $0.passed ] && { kill -9 $PPID; exit; }; touch $0.passed; exec /bin/mv \"$@\"");
		assertThatExceptionOfType(LonghaulException.class).isThrownBy(() -> restore(kept()));
		assertThat(repository).doesNotExist();
		pod.withoutProgram("mv");

		Replaced outcome = (Replaced) restore(kept());

		assertThat(outcome.before()).isInstanceOf(RepositoryStanding.Absent.class);
		assertThat(siblings()).containsExactly("homelab.git", "homelab.git.longhaul-replaced-20261123t190000z");
	}

	@Test
	void killedBeforeTheBundleIsClearedAwayTheHooksAreWrittenAgain() throws IOException {
		git.bundle(bundle);
		pod.program("gitea", "touch $0.called");
		pod.program("rm", "[ -e ${0%/*}/gitea.called ] && { kill -9 $PPID; exit; }; exec /bin/rm \"$@\"");
		assertThatExceptionOfType(LonghaulException.class).isThrownBy(() -> restore(kept()));
		pod.withoutProgram("rm");
		pod.program("gitea", "echo 'no such table' >&2; exit 1");

		RepositoryOutcome outcome = restore(kept());

		assertThat(outcome.standing()).isEqualTo(new RepositoryStanding.Same(recorded));
		assertThat(outcome.remarks()).singleElement()
			.asString()
			.startsWith("Gitea did not write its hooks (failed: no such table): run 'gitea admin regenerate hooks'");
		assertThat(siblings()).containsExactly("homelab.git");
	}

	@Test
	void aPodThatBecomesReadyIsWaitedForAndOneThatDoesNotIsTold() throws IOException {
		git.bare(repository);
		pod.isNotReadyOnce("no pod is ready");
		assertThat(restore(this::copy, Duration.ofMillis(50)).restore(kept(), PLACE, NAME)).isInstanceOf(Kept.class);

		pod.isNotReadyOnce("no pod of deployment 'gitea' is ready");
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> restore(kept()))
			.withMessage("'gitea' does not serve the repository: no pod of deployment 'gitea' is ready")
			.satisfies(failure -> assertThat(failure.hint()).contains("longhaul exports fetch", "git push --mirror URL",
					"longhaul restore run"));
	}

	@Test
	void theRootIsReadFromAppIni() throws IOException {
		Path ini = Files.writeString(directory.resolve("app.ini"), """
				ROOT = /not/this
				[server]
				ROOT = /nor/this
				[repository]
				ENABLED = true
				ROOT = %s/\r
				[repository.local]
				ROOT = /nor/that
				""".formatted(root));
		pod.with("GITEA__repository__ROOT", "relative").with("GITEA_APP_INI", ini.toString());
		git.bare(repository);

		assertThat(restore(null)).isInstanceOf(Kept.class);
		Files.writeString(ini, "[repository]\nROOT = /tmp/../etc\n");
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> restore(null))
			.withMessageContaining("nobody says where Gitea keeps its repositories");
	}

	private void deleteObjects() throws IOException {
		try (Stream<Path> packs = Files.list(repository.resolve("objects/pack"))) {
			for (Path pack : packs.toList()) {
				Files.delete(pack);
			}
		}
	}

	private List<String> siblings() throws IOException {
		try (Stream<Path> files = Files.list(repository.getParent())) {
			return files.map(file -> file.getFileName().toString()).sorted().toList();
		}
	}

	private RepositoryOutcome restore(@Nullable PlannedRepository planned) {
		return restore(this::copy, Duration.ZERO).restore((planned != null) ? planned : planned(recorded, null), PLACE,
				NAME);
	}

	private RepositoryRestore restore(BundleSource source, Duration patience) {
		return new RepositoryRestore(pod, source, "s3://b@eu/", new Patience(Duration.ofMillis(10), patience),
				Clock.fixed(Instant.parse("2026-11-23T19:00:00Z"), ZoneOffset.UTC), Pause.real());
	}

	private void copy(KeptBundle wanted, Path file) {
		try {
			Files.copy(bundle, file);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private PlannedRepository kept() {
		return planned(recorded, keptBundle());
	}

	private static PlannedRepository planned(@Nullable String revision, @Nullable KeptBundle bundle) {
		return new PlannedRepository(new ApplicationName("gitea"), revision, bundle);
	}

	private static KeptBundle keptBundle() {
		Fingerprint bytes = new Fingerprint(ByteSize.ofMebibytes(1), "ab".repeat(32));
		Instant at = Instant.parse("2026-11-22T02:31:00Z");
		return new KeptBundle(Night.parse("nightly@20261122t023000z"), new ApplicationName("gitea"),
				new StoredExport(new ExportName("repository"), "Git repository, one", bytes, bytes,
						List.of(new Recipient("age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p")), at,
						at));
	}

}
