package dev.longhaul.batch.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.longhaul.batch.backup.ClockworkCluster.Trouble;
import dev.longhaul.batch.backup.NightEvent;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupTarget;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.run.RunProof.ApplicationProof;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Proof;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Nights on a real job repository, with a clock that only waiting moves.
 */
class NightLauncherTest {

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final ApplicationName VAULTWARDEN = new ApplicationName("vaultwarden");

	private static final String[] EVERYTHING_ONCE = { "snapshot pvc-vaultwarden", "snapshot pvc-gitea",
			"snapshot pvc-gitea-db", "backup pvc-vaultwarden", "backup pvc-gitea", "backup pvc-gitea-db" };

	@TempDir
	private Path directory;

	private NightBench bench;

	@BeforeEach
	void open() {
		bench = new NightBench(directory);
	}

	@AfterEach
	void close() {
		bench.close();
	}

	@Test
	void backsUpReadsBackAndProvesEveryApplication() {
		bench.oneAfterTheOther();

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		RunManifest manifest = bench.catalog.findManifest(NightBench.NIGHT).orElseThrow().manifest();
		assertThat(manifest.failed()).isEmpty();
		assertThat(manifest.longhornVersion()).isEqualTo("v1.12.1");
		assertThat(manifest.restorePoints()).extracting(point -> point.application().value())
			.containsExactly("vaultwarden", "gitea");
		assertThat(manifest.restorePoints().get(1).spread()).isLessThan(Duration.ofSeconds(1));
		RunProof proof = bench.catalog.findProof(NightBench.NIGHT).orElseThrow();
		assertThat(proof.of(GITEA).orElseThrow().tonight()).isInstanceOfSatisfying(Proof.Proven.class,
				(proven) -> assertThat(proven.blocks()).isEqualTo(2));
		assertThat(proof.of(GITEA).orElseThrow().verdict().on(Clause.AWAY).answer()).isEqualTo(Answer.HOLDS);
		assertThat(bench.cluster.asked()).containsExactlyInAnyOrder(EVERYTHING_ONCE);
		assertThat(bench.bucket.keys()).noneMatch(key -> key.contains("/locks/"));
		assertThat(bench.bucket.keys()).filteredOn(key -> key.startsWith("path/longhaul/"))
			.containsExactly("path/longhaul/runs/nightly/20261122t023000z/manifest.json",
					"path/longhaul/runs/nightly/20261122t023000z/proof.json");
	}

	@Test
	void backsUpWhateverVolumesHaveTheLabelsTonight() {
		bench.chooseGiteaByLabel();
		bench.cluster.label("gitea/data", "app", "gitea");
		bench.cluster.label("gitea/db", "app", "gitea");

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		assertThat(bench.cluster.asked()).containsExactlyInAnyOrder(EVERYTHING_ONCE);
	}

	@Test
	void labelsThatNoClaimHasFailTheirApplicationAndNoOther() {
		bench.chooseGiteaByLabel();

		assertThat(bench.run()).isEqualTo(NightEnd.UNPROVEN);

		RunManifest manifest = bench.catalog.findManifest(NightBench.NIGHT).orElseThrow().manifest();
		assertThat(manifest.restorePoints()).extracting(point -> point.application()).containsExactly(VAULTWARDEN);
		assertThat(manifest.failed())
			.containsExactly(Map.entry(GITEA, "PREFLIGHT_FAILED: no claim has the labels app=gitea in 'gitea'"));
	}

	@Test
	void aManifestBeforeThatIsNotBelievedIsSaidAndNotVouchedFor() {
		bench.bucket.put("path/longhaul/runs/nightly/20261121t023000z/manifest.json", new byte[] { '{' });

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		assertThat(bench.events(NightEvent.Warned.class)).singleElement()
			.satisfies(warned -> assertThat(warned.warning())
				.startsWith("path/longhaul/runs/nightly/20261121t023000z/manifest.json of ")
				.contains(" is not what Longhaul wrote there: "));
		assertThat(bench.catalog.findManifest(NightBench.NIGHT).orElseThrow().manifest().before()).isNull();
	}

	@Test
	void takesAllSnapshotsOfAnApplicationBeforeItsFirstBackup() {
		bench.run();

		List<String> gitea = bench.cluster.asked().stream().filter(asked -> asked.contains("gitea")).toList();
		assertThat(gitea).containsExactly("snapshot pvc-gitea", "snapshot pvc-gitea-db", "backup pvc-gitea",
				"backup pvc-gitea-db");
	}

	@Test
	void aProvenNightStartedAgainDoesNothing() {
		bench.run();
		int events = bench.events.size();

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN_BEFORE);

		assertThat(bench.cluster.asked()).hasSize(EVERYTHING_ONCE.length);
		assertThat(bench.events).hasSize(events);
	}

	@Test
	void oneApplicationThatFailsKeepsNoOtherFromBeingProven() {
		bench.cluster.trouble("pvc-gitea-db", Trouble.ERROR);

		assertThat(bench.run()).isEqualTo(NightEnd.UNPROVEN);

		RunManifest manifest = bench.catalog.findManifest(NightBench.NIGHT).orElseThrow().manifest();
		assertThat(manifest.restorePoints()).extracting(point -> point.application()).containsExactly(VAULTWARDEN);
		assertThat(manifest.failed()).containsOnlyKeys(GITEA);
		assertThat(manifest.failed().get(GITEA)).startsWith("BACKUP_FAILED: backup 'nightly-20261122t023000z-")
			.endsWith("' of 'gitea/db': Longhorn reports: engine crashed");
		RunProof proof = bench.catalog.findProof(NightBench.NIGHT).orElseThrow();
		assertThat(proof.of(VAULTWARDEN).orElseThrow().tonight()).isInstanceOf(Proof.Proven.class);
		assertThat(proof.of(GITEA).orElseThrow().tonight()).isInstanceOf(Proof.Unread.class);
		assertThat(proof.of(GITEA).orElseThrow().verdict().on(Clause.ERRORS).answer()).isEqualTo(Answer.FAILS);
		assertThat(bench.events(NightEvent.Failed.class)).singleElement()
			.satisfies(failed -> assertThat(failed.failure().code()).isEqualTo(FailureCode.BACKUP_FAILED));
	}

	@Test
	void aFailedBackupIsNotMadeAgainUnderItsOldName() {
		bench.cluster.trouble("pvc-gitea-db", Trouble.ERROR);
		bench.run();
		bench.cluster.trouble("pvc-gitea-db", Trouble.NONE);
		bench.cluster.forgetBackups();

		assertThat(bench.run()).isEqualTo(NightEnd.UNPROVEN);

		assertThat(bench.cluster.asked()).hasSize(EVERYTHING_ONCE.length);
	}

	@Test
	void aStalledBackupIsTakenUpAgainByTheNextStart() {
		bench.cluster.trouble("pvc-vaultwarden", Trouble.STALL);
		assertThat(bench.run()).isEqualTo(NightEnd.UNPROVEN);
		assertThat(bench.events(NightEvent.Failed.class)).singleElement()
			.satisfies(failed -> assertThat(failed.failure().code()).isEqualTo(FailureCode.BACKUP_STALLED));
		bench.cluster.trouble("pvc-vaultwarden", Trouble.NONE);

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		assertThat(bench.cluster.asked()).containsExactlyInAnyOrder(EVERYTHING_ONCE);
		assertThat(bench.catalog.findManifest(NightBench.NIGHT).orElseThrow().manifest().failed()).isEmpty();
	}

	@Test
	void damageThatIsReadBackRefutesTheRestorePoint() {
		NightEnd end = bench.run((event) -> {
			if (event instanceof NightEvent.BackedUp made && made.point().application().equals(VAULTWARDEN)) {
				bench.bucket.keys()
					.stream()
					.filter(key -> key.contains("/pvc-vaultwarden/blocks/"))
					.forEach(key -> bench.bucket.put(key, new byte[2 * 1024 * 1024]));
			}
		}, new StopSignal());

		assertThat(end).isEqualTo(NightEnd.UNPROVEN);
		RunProof proof = bench.catalog.findProof(NightBench.NIGHT).orElseThrow();
		assertThat(proof.of(VAULTWARDEN).orElseThrow().tonight()).isInstanceOfSatisfying(Proof.Refuted.class,
				(refuted) -> assertThat(refuted.finding()).startsWith("checksum-mismatch: path/backupstore/volumes/"));
		assertThat(proof.of(VAULTWARDEN).orElseThrow().newestProven()).isNull();
		assertThat(proof.of(GITEA).orElseThrow().tonight()).isInstanceOf(Proof.Proven.class);
	}

	@Test
	void completionWithoutAManifestIsAFailure() {
		bench.cluster.trouble("pvc-vaultwarden", Trouble.COMPLETED_WITHOUT_MANIFEST);

		assertThat(bench.run()).isEqualTo(NightEnd.UNPROVEN);

		assertThat(bench.catalog.findManifest(NightBench.NIGHT).orElseThrow().manifest().failed().get(VAULTWARDEN))
			.contains("Longhorn reports completion since", "but the bucket holds only the placeholder of its manifest");
	}

	@Test
	void aTargetThatIsUnavailableRefusesTheNightBeforeAnythingIsBegun() {
		bench.cluster.target(new BackupTarget("default", "s3://bucket@region/", "secret", false, "403 Forbidden"));

		assertThatThrownBy(bench::run)
			.isInstanceOfSatisfying(RefusedRequest.class,
					(refused) -> assertThat(refused.code()).isEqualTo(FailureCode.PREFLIGHT_FAILED))
			.hasMessage("Longhorn cannot reach its backup target 'default': 403 Forbidden");
		assertThat(bench.cluster.asked()).isEmpty();
		assertThat(bench.bucket.keys()).isEmpty();

		bench.cluster.target(new BackupTarget("default", "s3://bucket@region/", "secret", true, ""));
		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);
	}

	@Test
	void stopsWhenToldToAndGoesOnFromThere() {
		StopSignal stop = new StopSignal();

		NightEnd stopped = bench.run((event) -> {
			if (event instanceof NightEvent.BackedUp) {
				stop.stop();
			}
		}, stop);

		assertThat(stopped).isEqualTo(NightEnd.STOPPED);
		assertThat(bench.catalog.findManifest(NightBench.NIGHT)).isEmpty();
		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);
		assertThat(bench.cluster.asked()).containsExactlyInAnyOrder(EVERYTHING_ONCE);
	}

	@Test
	void recoversWhatAKilledProcessLeftRunningHoweverOftenItIsKilled() {
		for (Class<? extends NightEvent> moment : List.of(NightEvent.Begun.class, NightEvent.SnapshotsReady.class,
				NightEvent.Begun.class)) {
			stopAtFirst(moment);
			pretendItWasKilled();
		}

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		assertThat(bench.cluster.asked()).containsExactlyInAnyOrder(EVERYTHING_ONCE);
	}

	@Test
	void recoversAnInstanceThatWasKilledBeforeItsFirstExecution() {
		bench.jdbc.update(
				"INSERT INTO BATCH_JOB_INSTANCE VALUES (NEXT VALUE FOR BATCH_JOB_INSTANCE_SEQ, 0, 'backup', ?)",
				"1".repeat(32));
		long before = instances();

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		assertThat(before).isEqualTo(1);
		assertThat(instances()).isEqualTo(1);
	}

	/** Spring Batch saves a partition first, and what is in its context later. */
	@ParameterizedTest
	@ValueSource(classes = { NightEvent.SnapshotsReady.class, NightEvent.ReadingBack.class })
	void recoversPartitionsThatWereKilledBeforeTheirContextWasSaved(Class<? extends NightEvent> moment) {
		bench.oneAfterTheOther();
		stopAtFirst(moment);
		pretendItWasKilled();
		int emptied = bench.jdbc.update("""
				DELETE FROM BATCH_STEP_EXECUTION_CONTEXT WHERE STEP_EXECUTION_ID IN
				(SELECT STEP_EXECUTION_ID FROM BATCH_STEP_EXECUTION WHERE STATUS = 'STARTED' AND STEP_NAME LIKE '%:%')
				""");

		assertThat(emptied).isPositive();
		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);
		assertThat(bench.cluster.asked()).containsExactlyInAnyOrder(EVERYTHING_ONCE);
	}

	@Test
	void recoversAnExecutionWhoseEndCouldNotBeSaved() {
		stopAtFirst(NightEvent.SnapshotsReady.class);
		bench.jdbc.update("UPDATE BATCH_STEP_EXECUTION SET STATUS = 'UNKNOWN' WHERE STEP_NAME = 'applications'");
		bench.jdbc.update("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'UNKNOWN'");

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);
	}

	@Test
	void finishesTheNightByIdentityAloneWhenTheDatabaseIsLost() {
		bench.cluster.trouble("pvc-gitea-db", Trouble.STALL);
		bench.run();
		bench.cluster.trouble("pvc-gitea-db", Trouble.NONE);
		bench.cluster.forgetSnapshots();

		bench.jdbc.execute("DELETE FROM BATCH_STEP_EXECUTION_CONTEXT");
		bench.jdbc.execute("DELETE FROM BATCH_STEP_EXECUTION");
		bench.jdbc.execute("DELETE FROM BATCH_JOB_EXECUTION_CONTEXT");
		bench.jdbc.execute("DELETE FROM BATCH_JOB_EXECUTION_PARAMS");
		bench.jdbc.execute("DELETE FROM BATCH_JOB_EXECUTION");
		bench.jdbc.execute("DELETE FROM BATCH_JOB_INSTANCE");

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);
		assertThat(bench.cluster.asked()).containsExactlyInAnyOrder(EVERYTHING_ONCE);
		assertThat(bench.cluster.snapshotCount()).as("no snapshot was taken anew").isZero();
	}

	@Test
	void needsNeitherSnapshotNorResourceOfABackupThatIsInTheBucket() {
		stopAtFirst(NightEvent.BackedUp.class);
		bench.cluster.forgetSnapshots();
		bench.cluster.forgetBackups();
		List<String> before = bench.cluster.asked();

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		assertThat(bench.cluster.asked()).hasSizeLessThanOrEqualTo(EVERYTHING_ONCE.length).containsAll(before);
	}

	@Test
	void namesTheNightThatWasInterrupted() {
		JobName job = NightBench.NIGHT.job();
		stopAtFirst(NightEvent.SnapshotsReady.class);

		assertThat(interrupted(job)).containsExactly(NightBench.NIGHT);
		pretendItWasKilled();
		assertThat(interrupted(job)).containsExactly(NightBench.NIGHT);
		assertThat(interrupted(new JobName("hourly"))).isEmpty();

		bench.time.of(Duration.ofHours(24));
		assertThat(interrupted(job)).as("a day later").isEmpty();
	}

	@Test
	void aNightThatWasGivenUpIsNotGoneOnWithUnlessSomebodyAsksForIt() {
		stopAtFirst(NightEvent.SnapshotsReady.class);

		bench.withProgram((event) -> {
		}, new StopSignal(), (program) -> {
			assertThat(program.history().interrupted(NightBench.NIGHT.job())).contains(NightBench.NIGHT);
			program.history().giveUp(NightBench.NIGHT);
			assertThat(program.history().interrupted(NightBench.NIGHT.job())).isEmpty();
			assertThat(program.history().newest(NightBench.NIGHT.job())).contains(NightBench.NIGHT);
			return null;
		});

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);
	}

	@Test
	void doesNotCallAProvenOrAFailedNightInterrupted() {
		bench.cluster.trouble("pvc-vaultwarden", Trouble.ERROR);

		bench.run();

		assertThat(interrupted(NightBench.NIGHT.job())).isEmpty();
	}

	@Test
	void aNightWithoutARestorePointIsJudgedByTheOneBefore() {
		Night yesterday = new Night(NightBench.NIGHT.job(), NightBench.NIGHT.scheduledFor().minus(Duration.ofDays(1)));
		bench.withProgram((event) -> {
		}, new StopSignal(), program -> program.launcher().run(yesterday));
		bench.cluster.trouble("pvc-vaultwarden", Trouble.ERROR);

		bench.run();

		RunProof.ApplicationProof proof = bench.catalog.findProof(NightBench.NIGHT)
			.orElseThrow()
			.of(VAULTWARDEN)
			.orElseThrow();
		assertThat(proof.newestProven())
			.isEqualTo(bench.catalog.findManifest(yesterday).orElseThrow().manifest().restorePoints().get(0).takenAt());
		assertThat(proof.verdict().on(Clause.ERRORS).answer()).isEqualTo(Answer.UNKNOWN);
		assertThat(proof.verdict().on(Clause.ERRORS).evidence()).startsWith("no restore point tonight: BACKUP_FAILED");
	}

	private void stopAtFirst(Class<? extends NightEvent> type) {
		StopSignal stop = new StopSignal();
		NightEnd end = bench.run((event) -> {
			if (type.isInstance(event)) {
				stop.stop();
			}
		}, stop);
		assertThat(end).isEqualTo(NightEnd.STOPPED);
	}

	/** Leaves the rows as a process leaves them that is killed where it was stopped. */
	private void pretendItWasKilled() {
		bench.jdbc
			.update("UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STARTED', END_TIME = NULL WHERE STATUS = 'STOPPED'");
		bench.jdbc.update("""
				UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED', END_TIME = NULL, EXIT_CODE = 'UNKNOWN'
				WHERE STATUS = 'STOPPED'
				""");
	}

	private List<Night> interrupted(JobName job) {
		return bench.withProgram((event) -> {
		}, new StopSignal(), program -> {
			program.history().recover();
			return program.history().interrupted(job).stream().toList();
		});
	}

	private long instances() {
		return bench.jdbc.queryForObject("SELECT COUNT(*) FROM BATCH_JOB_INSTANCE", Long.class);
	}

}
