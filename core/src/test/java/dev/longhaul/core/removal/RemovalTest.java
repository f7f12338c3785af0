package dev.longhaul.core.removal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.Fingerprint;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.removal.PointRemoval.Failed;
import dev.longhaul.core.removal.PointRemoval.Left;
import dev.longhaul.core.removal.PointRemoval.Removed;
import dev.longhaul.core.retention.ApprovedRetention;
import dev.longhaul.core.retention.Condition.Complete;
import dev.longhaul.core.retention.Condition.Gone;
import dev.longhaul.core.retention.CountingRule;
import dev.longhaul.core.retention.Inventory;
import dev.longhaul.core.retention.Listing.InFull;
import dev.longhaul.core.retention.Pin;
import dev.longhaul.core.retention.RetentionPlan;
import dev.longhaul.core.retention.RetentionPolicy;
import dev.longhaul.core.retention.StoredPoint;
import dev.longhaul.core.retention.Use;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.verdict.Proof.Proven;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.threeten.extra.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Three restore points of two volumes, of which the policy keeps the newest. The calls
 * are scripted and the clock is moved by whoever waits.
 */
class RemovalTest {

	private static final ApplicationName APPLICATION = new ApplicationName("nextcloud");

	private static final VolumeName FILES = new VolumeName("pvc-files");

	private static final VolumeName DATABASE = new VolumeName("pvc-database");

	private static final StoredPoint OLDEST = point(20);

	private static final StoredPoint OLDER = point(21);

	private static final StoredPoint NEWEST = point(22);

	private final MutableClock clock = MutableClock.of(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

	private final LonghornAndBucket longhorn = new LonghornAndBucket();

	private final List<PointRemoval> told = new ArrayList<>();

	private final List<String> exportsRemoved = new ArrayList<>();

	private ExportRemover exports = (night, application, export) -> exportsRemoved
		.add("%s of %s while there are %s".formatted(export.name(), night, longhorn.left()));

	private Removal.Pins pins = night -> Optional.empty();

	@BeforeEach
	void makeBackups() {
		List.of(OLDEST, OLDER, NEWEST).forEach(longhorn::put);
	}

	@Test
	void removesTheOldestFirstAndOneBackupAfterTheOther() {
		RemovalReport report = run();

		assertThat(report.isComplete()).isTrue();
		assertThat(report.points()).isEqualTo(told)
			.containsExactly(new PointRemoval(OLDEST, new Removed()), new PointRemoval(OLDER, new Removed()));
		assertThat(longhorn.left()).containsExactlyInAnyOrderElementsOf(backups(NEWEST));
		List<String> calls = longhorn.calls();
		assertThat(longhorn.deletions()).containsExactly("deleteBackup files-20", "deleteBackup database-20",
				"deleteBackup files-21", "deleteBackup database-21");
		assertThat(calls.indexOf("holds files-20")).isBetween(calls.indexOf("deleteBackup files-20"),
				calls.indexOf("deleteBackup database-20"));
	}

	@Test
	void asksForNothingWhereNothingGoes() {
		RetentionPlan plan = plan(List.of(NEWEST));

		RemovalReport report = removal().run(plan.approve(plan.hash()), told::add);

		assertThat(report.points()).isEmpty();
		assertThat(longhorn.calls()).isEmpty();
	}

	@Test
	void touchesNothingOfATargetTheClusterHasNot() {
		longhorn.target("s3://others@eu-central-003/", true);

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(this::run)
			.withMessage("the cluster has no backup target s3://longhorn-backups@eu-central-003/; it has "
					+ "[s3://others@eu-central-003/]");
		assertThat(longhorn.deletions()).isEmpty();
	}

	@Test
	void touchesNothingWhileLonghornCannotReachTheTarget() {
		longhorn.target(LonghornAndBucket.URL, false);

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(this::run)
			.withMessage("Longhorn cannot reach its backup target 'default': no route to host");
		assertThat(longhorn.deletions()).isEmpty();
	}

	@Test
	void looksAgainWhetherTheTargetIsThereBeforeEachBackup() {
		once("deleteBackup files-20", () -> longhorn.target(LonghornAndBucket.URL, false));

		RemovalReport report = run();

		assertThat(report.points()).extracting(PointRemoval::fate)
			.containsExactly(
					new Failed(FailureCode.TARGET_UNREACHABLE,
							"Longhorn cannot reach its backup target 'default': no route to host"),
					new Left("the backup of volume 'pvc-database' of nightly 2026-11-20T02:30:00Z could not be deleted "
							+ "before"));
		assertThat(longhorn.deletions()).containsExactly("deleteBackup files-20");
	}

	@Test
	void leavesAloneWhatWasPinnedAfterThePlan() {
		pins = night -> night.equals(OLDEST.night()) ? Optional.of(new Pin("the upgrade failed")) : Optional.empty();

		RemovalReport report = run();

		assertThat(report.points()).containsExactly(
				new PointRemoval(OLDEST, new Left("pinned meanwhile: the upgrade failed")),
				new PointRemoval(OLDER, new Removed()));
		assertThat(longhorn.left()).containsAll(backups(OLDEST));
	}

	@Test
	void leavesAloneWhatIsReadByThen() {
		once("holds database-20", () -> longhorn.use(DATABASE, new Use(Use.Activity.RESTORED, "drill")));

		RemovalReport report = run();

		assertThat(report.points()).containsExactly(new PointRemoval(OLDEST, new Removed()),
				new PointRemoval(OLDER, new Left("being restored by drill")));
		assertThat(longhorn.deletions()).doesNotContain("deleteBackup files-21");
	}

	@Test
	void leavesTheRestOfAVolumeAloneWhereLonghornFailed() {
		afterDeletionOf("database-20",
				() -> longhorn.failToDelete(new BackupName("database-20"), "failed to acquire lock"));

		RemovalReport report = run();

		assertThat(report.points()).extracting(PointRemoval::point, PointRemoval::fate)
			.containsExactly(
					tuple(OLDEST,
							new Failed(FailureCode.BACKUP_NOT_DELETED,
									"Longhorn did not delete backup 'database-20' of volume 'pvc-database': failed to "
											+ "acquire lock")),
					tuple(OLDER,
							new Left("the backup of volume 'pvc-database' of nightly 2026-11-20T02:30:00Z could not "
									+ "be deleted before")));
		assertThat(longhorn.left()).containsAll(backups(OLDER));
	}

	@Test
	void doesNotBelieveAResourceThatGoesAloneBecauseTheTargetWasAway() {
		afterDeletionOf("files-20", () -> longhorn.dropOnlyTheResource(new BackupName("files-20")));

		RemovalReport report = run();

		assertThat(report.points().get(0).fate()).isEqualTo(new Failed(FailureCode.BACKUP_NOT_DELETED,
				"the bucket still holds the manifest of backup 'files-20' of volume 'pvc-files', although its resource "
						+ "is gone from the cluster"));
	}

	@Test
	void doesNotTakeForGoneWhatOnlyTheClusterDoesNotKnow() {
		longhorn.forgetInCluster(new BackupName("files-20"));

		RemovalReport report = run();

		assertThat(report.points().get(0).fate()).isEqualTo(new Failed(FailureCode.BACKUP_NOT_DELETED,
				"the bucket still holds the manifest of backup 'files-20' of volume 'pvc-files', although the cluster "
						+ "does not know it"));
		assertThat(longhorn.deletions()).isEmpty();
	}

	@Test
	void doesNotDeleteAnotherBackupOfTheSameName() {
		longhorn.replaceInCluster(new BackupName("files-20"), new VolumeName("pvc-other"));

		RemovalReport report = run();

		assertThat(report.points().get(0).fate()).isEqualTo(new Failed(FailureCode.CLUSTER_REFUSED,
				"backup 'files-20' is one of volume 'pvc-other' in target 'default' there, not of volume 'pvc-files' in "
						+ "target 'default'"));
		assertThat(longhorn.deletions()).isEmpty();
	}

	@Test
	void givesUpOnABackupAfterItsTime() {
		afterDeletionOf("files-20", () -> longhorn.failToDelete(new BackupName("files-20"), ""));

		RemovalReport report = run();

		assertThat(report.points().get(0).fate()).isEqualTo(new Failed(FailureCode.TIMED_OUT,
				"Longhorn has not deleted backup 'files-20' of volume 'pvc-files' within PT20M"));
		assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-22T12:20:00Z"));
	}

	@Test
	void looksWhereTheAnswerWasLost() {
		once("deleteBackup files-20", () -> {
			throw new OutcomeUnknown(FailureCode.CLUSTER_UNREACHABLE, "the answer was lost", "look");
		});

		assertThat(run().isComplete()).isTrue();
	}

	@Test
	void waitsThroughAClusterThatIsSilentForAMoment() {
		afterDeletionOf("files-20", () -> once("findBackup files-20", () -> {
			throw new TransientFailure(FailureCode.CLUSTER_UNREACHABLE, "no answer", "wait");
		}));

		assertThat(run().isComplete()).isTrue();
	}

	@Test
	void anyFailureOfAnyCallRemovesNothingElseThanThePlanSays() {
		int calls = callsOfAWholeRun();
		for (int nth = 1; nth <= calls; nth++) {
			makeBackups();
			failAt(nth, () -> new TransientFailure(FailureCode.CLUSTER_UNREACHABLE, "no answer", "wait"));
			try {
				run();
			}
			catch (LonghaulException ex) {
				assertThat(longhorn.deletions()).as("nothing is begun").isEmpty();
			}
			assertThat(longhorn.left()).as("call %d", nth).containsAll(backups(NEWEST));
			assertPlanningAgainFinishes(nth);
		}
	}

	@Test
	void whoIsInterruptedAtAnyCallPlansAgainAndFinishes() {
		int calls = callsOfAWholeRun();
		for (int nth = 1; nth <= calls; nth++) {
			makeBackups();
			failAt(nth, () -> new Interruption("told to stop"));

			assertThatExceptionOfType(Interruption.class).as("call %d", nth).isThrownBy(this::run);
			assertThat(longhorn.left()).containsAll(backups(NEWEST));
			assertPlanningAgainFinishes(nth);
		}
	}

	private int callsOfAWholeRun() {
		run();
		int calls = longhorn.calls().size();
		longhorn.calls().clear();
		return calls;
	}

	/** What is left of a restore point is what the next inventory finds. */
	private void assertPlanningAgainFinishes(int nth) {
		longhorn.onCall(call -> {
		});
		removal().run(approved(List.of(OLDEST, OLDER, NEWEST)), told::add);
		assertThat(longhorn.left()).as("after call %d and another run", nth)
			.containsExactlyInAnyOrderElementsOf(backups(NEWEST));
		longhorn.calls().clear();
	}

	private void failAt(int nth, Supplier<LonghaulException> failure) {
		AtomicInteger count = new AtomicInteger();
		longhorn.onCall(call -> {
			if (count.incrementAndGet() == nth) {
				throw failure.get();
			}
		});
	}

	@Test
	void whatWasExportedGoesOnceAllBackupsAreGone() {
		RemovalReport report = run(exporting(OLDEST), NEWEST);

		assertThat(report.isComplete()).isTrue();
		assertThat(exportsRemoved).containsExactly(
				"database of nightly 2026-11-20T02:30:00Z while there are "
						+ "[database-21, database-22, files-21, files-22]",
				"settings of nightly 2026-11-20T02:30:00Z while there are "
						+ "[database-21, database-22, files-21, files-22]");
	}

	@Test
	void whatWasExportedStaysWithABackupThatStays() {
		once("deleteBackup files-20", () -> longhorn.target(LonghornAndBucket.URL, false));

		run(exporting(OLDEST), NEWEST);

		assertThat(told).extracting(removal -> removal.fate().getClass().getSimpleName()).containsExactly("Failed");
		assertThat(exportsRemoved).isEmpty();
	}

	@Test
	void anExportThatDoesNotGoIsToldAndOthersGoOn() {
		exports = (night, application, export) -> {
			throw new TransientFailure(FailureCode.TARGET_UNREACHABLE, "the bucket is down", "wait");
		};

		run(exporting(OLDEST), OLDER, NEWEST);

		assertThat(told).extracting(PointRemoval::fate)
			.containsExactly(new Failed(FailureCode.TARGET_UNREACHABLE, "the bucket is down"), new Removed());
	}

	@Test
	void whatIsLeftOfAnInterruptedRemovalGoesWithoutLonghorn() {
		StoredPoint gone = gone(OLDEST);
		longhorn.forget(OLDEST);

		RemovalReport report = run(gone, NEWEST);

		assertThat(report.isComplete()).isTrue();
		assertThat(exportsRemoved).hasSize(2);
		assertThat(longhorn.deletions()).isEmpty();
	}

	@Test
	void whatIsLeftStaysIfABackupCameBack() {
		run(gone(OLDEST), NEWEST);

		assertThat(told).extracting(PointRemoval::fate)
			.containsExactly(new Left("backup 'files-20' of volume 'pvc-files' is there again"));
		assertThat(exportsRemoved).isEmpty();
	}

	private RemovalReport run(StoredPoint... points) {
		return removal().run(approved(List.of(points)), told::add);
	}

	private static StoredPoint exporting(StoredPoint point) {
		return new StoredPoint(point.night(), point.restorePoint(), point.condition(), null, List.of(),
				List.of(export("database"), export("settings")));
	}

	private static StoredPoint gone(StoredPoint point) {
		return new StoredPoint(point.night(), point.restorePoint(), new Gone(), null, List.of(),
				exporting(point).exports());
	}

	private static StoredExport export(String name) {
		Fingerprint bytes = new Fingerprint(ByteSize.ofMebibytes(1), "0a".repeat(32));
		return new StoredExport(new ExportName(name), "output of " + name, bytes, bytes, List.of(), Instant.EPOCH,
				Instant.EPOCH);
	}

	private void once(String wanted, Runnable then) {
		AtomicInteger times = new AtomicInteger();
		longhorn.onCall(call -> {
			if (call.equals(wanted) && times.getAndIncrement() == 0) {
				then.run();
			}
		});
	}

	private void afterDeletionOf(String backup, Runnable then) {
		once("deleteBackup " + backup, then);
	}

	private RemovalReport run() {
		told.clear();
		return removal().run(approved(List.of(OLDEST, OLDER, NEWEST)), told::add);
	}

	private Removal removal() {
		return new Removal(longhorn, LonghornAndBucket.URL::equals, longhorn,
				(night, application, export) -> exports.remove(night, application, export), night -> pins.of(night),
				new Patience(Duration.ofSeconds(3), Duration.ofMinutes(20)), clock, clock::add);
	}

	private static ApprovedRetention approved(List<StoredPoint> points) {
		RetentionPlan plan = plan(points);
		return plan.approve(plan.hash());
	}

	private static RetentionPlan plan(List<StoredPoint> points) {
		RetentionPolicy policy = new RetentionPolicy(Map.of(CountingRule.LAST, 1), null, ZoneOffset.UTC);
		return RetentionPlan.of(policy, new Inventory(APPLICATION, LonghornAndBucket.URL, new InFull(), points),
				Instant.parse("2026-11-22T12:00:00Z"));
	}

	private static List<BackupName> backups(StoredPoint point) {
		return point.restorePoint().backups().stream().map(VolumeBackup::backup).toList();
	}

	private static StoredPoint point(int day) {
		Instant due = Instant.parse("2026-11-%dT02:30:00Z".formatted(day));
		return new StoredPoint(new Night(new JobName("nightly"), due),
				new RestorePoint(APPLICATION,
						List.of(backup("files", FILES, day, due), backup("database", DATABASE, day, due))),
				new Complete(new Proven(due, 43, ByteSize.ofMebibytes(86))), null, List.of());
	}

	private static VolumeBackup backup(String name, VolumeName volume, int day, Instant due) {
		return new VolumeBackup(new ClaimRef("cloud", name), volume, new SnapshotName(name + "-" + day), due,
				new BackupName(name + "-" + day), ByteSize.ofMebibytes(86));
	}

}
