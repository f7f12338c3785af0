package dev.longhaul.simulator.longhorn;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.backupstore.verify.ProblemKind;
import dev.longhaul.backupstore.verify.Selection;
import dev.longhaul.backupstore.verify.VerificationListener;
import dev.longhaul.backupstore.verify.Verifier;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.Robustness;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.Backup;
import dev.longhaul.longhorn.crd.BackupStatus;
import dev.longhaul.longhorn.crd.BackupTarget;
import dev.longhaul.longhorn.crd.BackupTargetStatus;
import dev.longhaul.longhorn.crd.BackupVolume;
import dev.longhaul.longhorn.crd.VolumeAttachment;
import dev.longhaul.simulator.ClusterSession;
import dev.longhaul.simulator.SharedClusters;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.engine.Target;
import dev.longhaul.simulator.fault.Fault;
import dev.longhaul.simulator.kubelet.ControlPlaneKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each fault, by what it does to the API and to the bucket.
 */
class FaultIT {

	private static final Duration A_WHILE = Duration.ofMillis(500);

	private final ClusterSession session = new ClusterSession(SharedClusters.of(ControlPlaneKind.MOCK));

	private final LonghornObjects objects = session.cluster().objects();

	@AfterEach
	void everyFaultHasHappened() {
		assertThat(session.cluster().faults().unfired()).isEmpty();
	}

	@Test
	void unavailableTargetSaysSoAndRecoversWithThePollAfterItsEnd() {
		Fault fault = inject(new Fault.TargetUnavailable("default"));
		session.sync();

		ClusterSession.awaitTrue("unavailability", () -> !target().getAvailable());
		assertThat(target().getConditions()).singleElement().satisfies(condition -> {
			assertThat(condition.getType()).isEqualTo("Unavailable");
			assertThat(condition.getStatus()).isEqualTo("True");
			assertThat(condition.getMessage())
				.isEqualTo("failed to list objects of s3://backups@local/: dial tcp: " + "i/o timeout");
		});
		session.cluster().faults().end(fault);
		session.sync();

		awaitAvailable();
		assertThat(target().getConditions()).singleElement()
			.satisfies(condition -> assertThat(condition.getStatus()).isEqualTo("False"));
	}

	@Test
	void backupToAnUnavailableTargetFails() {
		VolumeName volume = session.volume(1);
		SnapshotName snapshot = session.takeSnapshot(volume);
		Fault fault = inject(new Fault.TargetUnavailable("default"));

		BackupName name = session.askForBackup(volume, snapshot);

		session.awaitState(name, "Error");
		assertThat(status(name).getError()).isEqualTo("failed to reach s3://backups@local/: dial tcp: i/o timeout");
		session.cluster().faults().end(fault);
		session.sync();
		awaitAvailable();
	}

	@Test
	void backupDeletedWhileTheTargetIsUnavailableStaysThereAndComesBack() {
		VolumeName volume = session.volume(1);
		BackupName name = session.makeBackup(volume);
		awaitBackupVolume(volume);
		Fault fault = inject(new Fault.TargetUnavailable("default"));
		session.sync();
		ClusterSession.awaitTrue("unavailability", () -> !target().getAvailable());

		objects.delete(Backup.class, name.value());
		ClusterSession.awaitTrue("the object to go", () -> session.find(name).isEmpty());
		assertThat(session.stored(volume, "backups/")).hasSize(1);
		session.cluster().faults().end(fault);
		session.sync();

		session.awaitDone(name);
		assertThat(session.backup(name).view().getSpec().getSnapshotName()).isNullOrEmpty();
	}

	@Test
	void engineThatCrashesLeavesItsTracesAndTheBackupFails() {
		VolumeName volume = attached(8);
		SnapshotName snapshot = session.takeSnapshot(volume);
		inject(new Fault.UploadBreaks(volume, 1, Fault.How.ENGINE_CRASHES));

		BackupName name = session.askForBackup(volume, snapshot);

		session.awaitState(name, "Error");
		assertThat(status(name).getError()).startsWith("failed to get backup status");
		assertThat(session.stored(volume, "locks/")).hasSize(1);
		assertThat(session.stored(volume, "backups/")).hasSize(1);
		assertThat(session.stored(volume, "blocks/")).isNotEmpty();
		ClusterSession.awaitTrue("the engine to be there again",
				() -> "attached".equals(session.volume(volume).view().getStatus().getState())
						&& session.cluster().engine(volume).isRunning());
	}

	@Test
	void uploadThatDiesSilentlyIsReportedAsRunningForEver() {
		VolumeName volume = attached(8);
		SnapshotName snapshot = session.takeSnapshot(volume);
		inject(new Fault.UploadBreaks(volume, 2, Fault.How.STOPS_SILENTLY));

		BackupName name = session.askForBackup(volume, snapshot);

		session.awaitState(name, "InProgress");
		ClusterSession.awaitTrue("the fault", () -> session.cluster().faults().unfired().isEmpty());
		Awaitility.await()
			.during(A_WHILE)
			.atMost(A_WHILE.multipliedBy(4))
			.until(() -> "InProgress".equals(status(name).getState()) && status(name).getProgress() < 95);
	}

	@Test
	void engineThatDoesNotAnswerThePollMakesTheBackupFail() {
		VolumeName volume = attached(8);
		SnapshotName snapshot = session.takeSnapshot(volume);
		inject(new Fault.UploadBreaks(volume, 1, Fault.How.CANNOT_BE_POLLED));

		BackupName name = session.askForBackup(volume, snapshot);

		session.awaitState(name, "Error");
		assertThat(status(name).getError()).startsWith("failed to get backup status of " + name)
			.endsWith("connection refused");
	}

	@Test
	void targetLostMidwayMakesTheBackupFailAndLeavesAPlaceholder() throws Exception {
		VolumeName volume = attached(8);
		SnapshotName snapshot = session.takeSnapshot(volume);
		inject(new Fault.UploadBreaks(volume, 2, Fault.How.TARGET_IS_LOST));

		BackupName name = session.askForBackup(volume, snapshot);

		session.awaitState(name, "Error");
		assertThat(status(name).getError()).startsWith("failed to reach");
		assertThat(session.stored(volume, "backups/")).hasSize(1);
		assertThat(new TargetFiles(session.cluster().target()).manifest(volume, name)).get()
			.satisfies(manifest -> assertThat(manifest.isFinished()).isFalse());
	}

	@Test
	void deletionThatBreaksSaysSoAndIsTriedAgain() {
		VolumeName volume = session.volume(1);
		BackupName name = session.makeBackup(volume);
		awaitBackupVolume(volume);
		inject(new Fault.DeletionBreaks(volume));

		objects.delete(Backup.class, name.value());

		session.awaitState(name, "Error");
		assertThat(status(name).getMessages().get("error")).startsWith("failed to reach");
		ClusterSession.awaitTrue("the object to go", () -> session.find(name).isEmpty());
		assertThat(session.stored(volume, "backups/")).isEmpty();
	}

	@Test
	void manifestThatComesLateIsAwaitedAfterCompletion() {
		VolumeName volume = session.volume(1);
		SnapshotName snapshot = session.takeSnapshot(volume);
		inject(new Fault.ManifestLate(volume, Duration.ofSeconds(1)));

		BackupName name = session.askForBackup(volume, snapshot);

		session.awaitState(name, "Completed");
		assertThat(status(name).getLastSyncedAt()).isNull();
		assertThat(status(name).getSize()).isNullOrEmpty();
		session.awaitDone(name);
		assertThat(status(name).getLastSyncedAt()).isNotNull();
		assertThat(status(name).getSize()).isNotEqualTo("0");
	}

	@Test
	void manifestThatNeverComesLeavesABackupCompletedAndEmpty() {
		VolumeName volume = session.volume(1);
		SnapshotName snapshot = session.takeSnapshot(volume);
		inject(new Fault.ManifestMissing(volume));

		BackupName name = session.askForBackup(volume, snapshot);

		session.awaitState(name, "Completed");
		Awaitility.await()
			.during(A_WHILE)
			.atMost(A_WHILE.multipliedBy(4))
			.until(() -> status(name).getLastSyncedAt() == null);
		assertThat(session.longhorn().findBackup(name)).get()
			.satisfies(found -> assertThat(found.isReportedComplete()).isFalse());
	}

	@Test
	void slowUploadIsSeenOnItsWay() {
		VolumeName volume = attached(8);
		SnapshotName snapshot = session.takeSnapshot(volume);
		Fault fault = inject(new Fault.SlowUpload(volume, ByteSize.ofMebibytes(4)));

		BackupName name = session.askForBackup(volume, snapshot);

		ClusterSession.awaitTrue("some progress", () -> status(name).getState().equals("InProgress")
				&& status(name).getProgress() > 0 && status(name).getProgress() < 95);
		session.cluster().faults().end(fault);
		session.awaitDone(name);
		assertThat(status(name).getProgress()).isEqualTo(100);
	}

	@ParameterizedTest
	@CsvSource({ "CORRUPT, UNDECODABLE_BLOCK, CHECKSUM_MISMATCH", "TRUNCATED, TRUNCATED_BLOCK, UNDECODABLE_BLOCK",
			"MISSING, MISSING_BLOCK, MISSING_BLOCK" })
	void damagedBlockIsFoundWhenItIsReadBack(Fault.Damage damage, ProblemKind one, ProblemKind other) {
		VolumeName volume = session.volume(4);
		inject(new Fault.BlockDamaged(volume, 1, damage));

		BackupName name = session.makeBackup(volume);

		assertThat(status(name).getState()).isEqualTo("Completed");
		assertThat(problems(volume)).singleElement().isIn(one, other);
	}

	@ParameterizedTest
	@EnumSource(names = { "DEGRADED", "FAULTED" })
	void replicasThatFailAreSeenInTheRobustness(Robustness robustness) {
		VolumeName volume = attached(0);

		Fault fault = inject(new Fault.ReplicasFail(volume, robustness));

		String word = robustness.name().toLowerCase(Locale.ROOT);
		ClusterSession.awaitTrue(word, () -> word.equals(session.volume(volume).view().getStatus().getRobustness()));
		if (robustness == Robustness.FAULTED) {
			ClusterSession.awaitTrue("detachment",
					() -> "detached".equals(session.volume(volume).view().getStatus().getState()));
		}
		session.cluster().faults().end(fault);
		ClusterSession.awaitTrue("health",
				() -> "healthy".equals(session.volume(volume).view().getStatus().getRobustness())
						&& "attached".equals(session.volume(volume).view().getStatus().getState()));
	}

	@Test
	void volumeThatNobodyCanAttachStaysDetachedUntilSomebodyCan() {
		VolumeName volume = session.volume(0);
		Fault fault = inject(new Fault.StaysDetached(volume));

		session.cluster().client().resource(session.podUsing(volume)).create();
		ClusterSession.awaitTrue("the wish of its pod", () -> hasTicketOf(volume, Tickets.CSI_ATTACHER));
		Awaitility.await()
			.during(A_WHILE)
			.atMost(A_WHILE.multipliedBy(4))
			.until(() -> "detached".equals(session.volume(volume).view().getStatus().getState()));
		session.cluster().faults().end(fault);

		ClusterSession.awaitTrue("attachment",
				() -> "attached".equals(session.volume(volume).view().getStatus().getState()));
	}

	@Test
	void twoManagersMakeTwoBackupVolumes() {
		VolumeName volume = session.volume(0);
		inject(new Fault.DuplicateBackupVolume(volume));

		session.makeBackup(volume);

		ClusterSession.awaitTrue("two of them", () -> backupVolumes(volume) == 2);
	}

	private Fault inject(Fault fault) {
		session.cluster().faults().inject(fault);
		return fault;
	}

	private boolean hasTicketOf(VolumeName volume, String type) {
		return objects.find(VolumeAttachment.class, volume.value())
			.stream()
			.flatMap(attachment -> Tickets.all(attachment).values().stream())
			.anyMatch(ticket -> type.equals(ticket.getType()));
	}

	private VolumeName attached(int mebibytes) {
		VolumeName volume = session.volume(mebibytes);
		session.cluster().attach(volume);
		return volume;
	}

	private BackupTargetStatus target() {
		return objects.find(BackupTarget.class, "default").orElseThrow().view().getStatus();
	}

	private void awaitAvailable() {
		ClusterSession.awaitTrue("availability", () -> target().getAvailable());
	}

	private BackupStatus status(BackupName name) {
		return session.backup(name).view().getStatus();
	}

	private void awaitBackupVolume(VolumeName volume) {
		ClusterSession.awaitTrue("the backup volume", () -> backupVolumes(volume) == 1);
	}

	private int backupVolumes(VolumeName volume) {
		return objects.list(BackupVolume.class, Map.of("backup-volume", volume.value())).size();
	}

	private List<ProblemKind> problems(VolumeName volume) {
		Target target = session.cluster().target();
		return new Verifier(target.store(), target.layout(), Clock.systemUTC(), Pause.real(), new Concurrency(2))
			.verify(new Selection(Set.of(volume), Set.of()), VerificationListener.NONE)
			.volumes()
			.stream()
			.flatMap(report -> report.backups().stream())
			.flatMap(report -> report.problems().stream())
			.map(problem -> problem.kind())
			.toList();
	}

}
