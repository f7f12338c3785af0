package dev.longhaul.simulator.longhorn;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.Backup;
import dev.longhaul.longhorn.crd.BackupSpec;
import dev.longhaul.longhorn.crd.BackupStatus;
import dev.longhaul.longhorn.crd.BackupVolume;
import dev.longhaul.simulator.ClusterSession;
import dev.longhaul.simulator.OnBothApis;
import dev.longhaul.simulator.SharedClusters;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Stored;
import dev.longhaul.simulator.kubelet.ControlPlaneKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@OnBothApis
class BackupIT {

	private final ClusterSession session;

	private final LonghornObjects objects;

	BackupIT(ControlPlaneKind kind) {
		this.session = new ClusterSession(SharedClusters.of(kind));
		this.objects = session.cluster().objects();
	}

	@Test
	void backupIsMadeAndItsObjectFilledFromTheTarget() {
		VolumeName volume = session.volume(3);
		SnapshotName snapshot = session.takeSnapshot(volume);

		BackupName name = session.makeBackup(volume, snapshot);

		BackupStatus status = session.backup(name).view().getStatus();
		assertThat(status.getState()).isEqualTo("Completed");
		assertThat(status.getProgress()).isEqualTo(100);
		assertThat(status.getUrl()).isEqualTo("s3://backups@local/?backup=" + name + "&volume=" + volume);
		assertThat(status.getVolumeName()).isEqualTo(volume.value());
		assertThat(status.getSnapshotName()).isEqualTo(snapshot.value());
		assertThat(status.getVolumeSize()).isEqualTo("67108864");
		assertThat(Long.parseLong(status.getSize())).isPositive().isEqualTo(stored(volume) * 2 * 1024 * 1024);
		assertThat(Long.parseLong(status.getNewlyUploadDataSize())).isGreaterThan(3L << 20);
		assertThat(status.getLabels()).containsEntry("longhaul.dev/run", "r1")
			.containsEntry("longhorn.io/volume-access-mode", "rwo");
		assertThat(session.stored(volume, "locks/")).isEmpty();
	}

	@Test
	void finishedBackupIsSeenInBackupVolumeAndVolumeAndLeavesTheVolumeDetached() {
		VolumeName volume = session.volume(1);

		BackupName name = session.makeBackup(volume);

		ClusterSession.awaitTrue("the backup volume",
				() -> name.value().equals(backupVolume(volume).orElseThrow().view().getStatus().getLastBackupName()));
		ClusterSession.awaitTrue("the volume",
				() -> name.value().equals(session.volume(volume).view().getStatus().getLastBackup()));
		ClusterSession.awaitTrue("detachment",
				() -> "detached".equals(session.volume(volume).view().getStatus().getState()));
		assertThat(backupVolume(volume).orElseThrow().name())
			.isEqualTo(volume + "-" + BackupTargetController.shortHash(volume + "-default"));
	}

	@Test
	void secondBackupBuildsOnTheFirst() throws Exception {
		VolumeName volume = session.volume(8);
		session.cluster().attach(volume);
		session.makeBackup(volume);
		long before = stored(volume);

		Files.writeString(session.cluster().files(volume).resolve("hello"), "there");
		BackupName second = session.makeBackup(volume);

		BackupStatus status = session.backup(second).view().getStatus();
		assertThat(stored(volume) - before).isBetween(1L, 2L);
		assertThat(Long.parseLong(status.getNewlyUploadDataSize())).isLessThan(3L << 20);
	}

	@Test
	void backupOfAVolumeThatIsNotThereFailsForGood() {
		BackupName name = create("nobody", "no-snapshot");

		session.awaitState(name, "Error");

		assertThat(session.backup(name).view().getStatus().getError())
			.startsWith("cannot find the corresponding volume");
		assertThat(session.backup(name).view().getStatus().getLastSyncedAt()).isNotNull();
	}

	@Test
	void backupOfASnapshotThatIsNotThereIsPendingAndThenFails() {
		VolumeName volume = session.volume(0);
		session.cluster().attach(volume);

		BackupName name = create(volume.value(), "no-snapshot");

		session.awaitState(name, "Pending");
		session.awaitState(name, "Error");
		assertThat(session.backup(name).view().getStatus().getError())
			.isEqualTo("Waiting for the snapshot no-snapshot to be ready");
	}

	@Test
	void deletedBackupLeavesTheTargetBeforeItsObjectGoes() {
		VolumeName volume = session.volume(2);
		BackupName name = session.makeBackup(volume);
		awaitBackupVolume(volume);

		objects.delete(Backup.class, name.value());

		ClusterSession.awaitTrue("the object to go", () -> session.find(name).isEmpty());
		assertThat(session.stored(volume, "backups/")).isEmpty();
		assertThat(session.stored(volume, "blocks/")).isEmpty();
	}

	@Test
	void backupDeletedOnlyInTheClusterComesBackWithTheNextSync() {
		VolumeName volume = session.volume(1);
		BackupName name = session.makeBackup(volume);
		awaitBackupVolume(volume);

		label(name, "longhorn.io/delete-custom-resource-only", "");
		objects.delete(Backup.class, name.value());
		ClusterSession.awaitTrue("the object to go", () -> session.find(name).isEmpty());
		session.sync();
		ClusterSession.awaitTrue("the mirrored one",
				() -> session.find(name)
					.filter(found -> found.view().getSpec().getSnapshotName() == null
							|| found.view().getSpec().getSnapshotName().isEmpty())
					.isPresent());
		session.awaitDone(name);

		assertThat(session.backup(name).view().getStatus().getLabels()).containsEntry("longhaul.dev/run", "r1");
		assertThat(session.backup(name).metadata().getOwnerReferences()).singleElement()
			.satisfies(owner -> assertThat(owner.getKind()).isEqualTo("BackupVolume"));
	}

	@Test
	void backupThatVanishesFromTheTargetVanishesFromTheCluster() {
		VolumeName volume = session.volume(1);
		BackupName first = session.makeBackup(volume);
		BackupName second = session.makeBackup(volume);
		awaitBackupVolume(volume);

		session.cluster().target().store().delete(List.of(session.cluster().target().layout().manifest(volume, first)));
		session.sync();

		ClusterSession.awaitTrue("the object to go", () -> session.find(first).isEmpty());
		assertThat(session.find(second)).isPresent();
	}

	@Test
	void deletionThatMeetsALockSaysSoAndIsTriedAgain() {
		VolumeName volume = session.volume(1);
		BackupName name = session.makeBackup(volume);
		awaitBackupVolume(volume);
		String lock = session.cluster().target().layout().lock(volume, "lock-0a1b2c3d4e5f6071");
		session.cluster()
			.target()
			.store()
			.put(lock, "{\"Name\":\"lock-0a1b2c3d4e5f6071\",\"Type\":1,\"Acquired\":true}"
				.getBytes(StandardCharsets.UTF_8));

		objects.delete(Backup.class, name.value());
		session.awaitState(name, "Error");
		assertThat(session.backup(name).view().getStatus().getMessages().get("error"))
			.contains("failed to acquire lock");
		session.cluster().target().store().delete(List.of(lock));

		ClusterSession.awaitTrue("the object to go", () -> session.find(name).isEmpty());
	}

	@Test
	void failedBackupIsClearedAwayWhenItsTimeIsOver() {
		VolumeName volume = session.volume(1);
		session.makeBackup(volume);
		awaitBackupVolume(volume);
		BackupName failed = create(volume.value(), "no-snapshot");
		session.awaitState(failed, "Error");
		String aDayAgo = Instant.now().minus(Duration.ofMinutes(1441)).toString();
		Stored<Backup> backup = session.backup(failed);
		backup.view().getStatus().setLastSyncedAt(aDayAgo.substring(0, 19) + "Z");
		objects.writeStatus(Backup.class, backup);
		session.sync();

		ClusterSession.awaitTrue("the failed one to go", () -> session.find(failed).isEmpty());
	}

	@Test
	void deletedBackupVolumeTakesTheWholeFolderWithIt() {
		VolumeName volume = session.volume(1);
		BackupName name = session.makeBackup(volume);
		awaitBackupVolume(volume);

		objects.delete(BackupVolume.class, backupVolume(volume).orElseThrow().name());

		ClusterSession.awaitTrue("everything to go",
				() -> session.stored(volume, "").isEmpty() && session.find(name).isEmpty());
	}

	@Test
	void snapshotGoesAfterItsBackupIfLonghornIsToldSo() {
		VolumeName volume = session.volume(1);
		session.cluster().attach(volume);
		session.cluster().longhorn().setting("auto-cleanup-snapshot-after-on-demand-backup-completed", "true");
		SnapshotName snapshot = session.takeSnapshot(volume);

		session.makeBackup(volume, snapshot);

		ClusterSession.awaitTrue("the snapshot to go or be marked",
				() -> session.find(snapshot)
					.map(found -> Boolean.TRUE.equals(found.view().getStatus().getMarkRemoved()))
					.orElse(true));
		session.cluster().longhorn().setting("auto-cleanup-snapshot-after-on-demand-backup-completed", "false");
	}

	private void awaitBackupVolume(VolumeName volume) {
		ClusterSession.awaitTrue("the backup volume",
				() -> backupVolume(volume).orElseThrow().view().getStatus().getLastSyncedAt() != null);
	}

	private Optional<Stored<BackupVolume>> backupVolume(VolumeName volume) {
		return objects.list(BackupVolume.class, Map.of("backup-volume", volume.value(), "backup-target", "default"))
			.stream()
			.findFirst();
	}

	private long stored(VolumeName volume) {
		return session.stored(volume, "blocks/").size();
	}

	private void label(BackupName name, String key, String value) {
		Stored<Backup> backup = session.backup(name);
		Admission.label(backup, key, value);
		objects.write(Backup.class, backup);
	}

	/** As somebody does who does not look first. */
	private BackupName create(String volume, String snapshot) {
		BackupName name = new BackupName(session.unique("backup"));
		Backup backup = new Backup();
		backup.getMetadata().setName(name.value());
		backup.getMetadata().setLabels(Map.of("backup-volume", volume, "backup-target", "default"));
		BackupSpec spec = new BackupSpec();
		spec.setSnapshotName(snapshot);
		backup.setSpec(spec);
		objects.create(Backup.class, backup);
		return name;
	}

}
