package dev.longhaul.simulator.longhorn;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.BackupVolume;
import dev.longhaul.longhorn.crd.Engine;
import dev.longhaul.longhorn.crd.EngineStatus;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.longhorn.crd.VolumeAttachment;
import dev.longhaul.longhorn.crd.VolumeSpec;
import dev.longhaul.longhorn.crd.VolumeStatus;
import dev.longhaul.longhorn.crd.volumestatus.Conditions;
import dev.longhaul.simulator.ClusterSession;
import dev.longhaul.simulator.OnBothApis;
import dev.longhaul.simulator.SharedClusters;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Stored;
import dev.longhaul.simulator.engine.StoredBlocks;
import dev.longhaul.simulator.fault.Fault;
import dev.longhaul.simulator.kubelet.ControlPlaneKind;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@OnBothApis
class RestoreIT {

	private final ClusterSession session;

	private final LonghornObjects objects;

	RestoreIT(ControlPlaneKind kind) {
		this.session = new ClusterSession(SharedClusters.of(kind));
		this.objects = session.cluster().objects();
	}

	@AfterEach
	void everyFaultHasHappened() {
		assertThat(session.cluster().faults().unfired()).isEmpty();
	}

	@Test
	void restoredVolumeIsByteForByteTheOneThatWasBackedUp() throws Exception {
		VolumeName volume = session.volume(3);
		session.cluster().attach(volume);
		SnapshotName snapshot = session.takeSnapshot(volume);
		BackupName backup = session.makeBackup(volume, snapshot);
		awaitBackupVolume(volume, backup);

		VolumeName restored = restore(backup, 2);
		awaitRestored(restored);

		Path original = session.cluster().engine(volume).findSnapshot(snapshot).orElseThrow().image();
		Path copy = session.cluster().engine(restored).snapshots().get(0).image();
		assertThat(Files.mismatch(original, copy)).isEqualTo(-1);
		assertThat(session.cluster().files(restored).resolve("hello")).hasContent("world");
		assertThat(Files.mismatch(session.cluster().files(volume).resolve("file-2"),
				session.cluster().files(restored).resolve("file-2")))
			.isEqualTo(-1);
	}

	@Test
	void restoredVolumeSaysWhereItCameFromAndWhoUsedThatOne() {
		VolumeName volume = session.volume(1);
		BackupName backup = session.makeBackup(volume);
		awaitBackupVolume(volume, backup);

		VolumeName restored = restore(backup, 2);
		awaitRestored(restored);

		Volume view = session.volume(restored).view();
		assertThat(view.getSpec().getSize()).as("that of the volume, whatever was asked for").isEqualTo("67108864");
		assertThat(view.getMetadata().getLabels()).containsEntry("backup-volume", volume.value())
			.containsEntry("backup-target", "default");
		assertThat(view.getStatus().getRestoreInitiated()).isTrue();
		assertThat(view.getStatus().getFrontendDisabled()).isTrue();
		assertThat(view.getStatus().getKubernetesStatus().getPvcName()).isEqualTo(volume.value());
		assertThat(view.getStatus().getKubernetesStatus().getPvName()).isEmpty();
		assertThat(view.getStatus().getKubernetesStatus().getLastPVCRefAt()).isNotEmpty();
		EngineStatus engine = engine(restored).view().getStatus();
		assertThat(engine.getLastRestoredBackup()).isEqualTo(backup.value());
		assertThat(engine.getRestoreStatus()).hasSize(2).allSatisfy((address, replica) -> {
			assertThat(replica.getState()).isEqualTo("complete");
			assertThat(replica.getLastRestored()).isEqualTo(backup.value());
		});
		assertThat(engine(restored).view().getSpec().getRequestedBackupRestore()).isEqualTo(backup.value());
		assertThat(attachment(restored)).isEmpty();
	}

	@Test
	void replicaThatFailsLeavesTheVolumeDegradedAndUsable() {
		VolumeName volume = session.volume(1);
		BackupName backup = session.makeBackup(volume);
		awaitBackupVolume(volume, backup);
		VolumeName restored = new VolumeName(session.unique("restored"));
		session.cluster().faults().inject(new Fault.RestoreFails(restored, 1));

		restore(restored, backup, 3, spec -> {
		});
		awaitRestored(restored);

		assertThat(engine(restored).view().getStatus().getRestoreStatus().values())
			.extracting(replica -> replica.getState())
			.containsExactlyInAnyOrder("complete", "complete", "error");
		assertThat(session.volume(restored).view().getStatus().getLastDegradedAt()).isNotEmpty();
	}

	@Test
	void restoreThatFailsOnAllReplicasLeavesTheVolumeFaultedForGood() {
		VolumeName volume = session.volume(1);
		BackupName backup = session.makeBackup(volume);
		awaitBackupVolume(volume, backup);
		VolumeName restored = new VolumeName(session.unique("restored"));
		session.cluster().faults().inject(new Fault.RestoreFails(restored, 2));

		restore(restored, backup, 2, spec -> {
		});

		awaitFaulted(restored);
		assertThat(restoreErrors(restored))
			.containsExactly("failed to restore backup %s: the disk of the replica is gone".formatted(backup));
	}

	@Test
	void damagedBlockFaultsTheWholeRestore() {
		VolumeName volume = session.volume(2);
		BackupName backup = session.makeBackup(volume);
		awaitBackupVolume(volume, backup);
		StoredBlocks.damage(session.cluster().target(), volume, backup, 0, Fault.Damage.MISSING);

		VolumeName restored = restore(backup, 1);

		awaitFaulted(restored);
		assertThat(restoreErrors(restored)).singleElement().asString().contains(".blk");
	}

	@Test
	void deletionUnderWayFaultsTheRestore() {
		VolumeName volume = session.volume(1);
		BackupName backup = session.makeBackup(volume);
		awaitBackupVolume(volume, backup);
		String lock = session.cluster().target().layout().lock(volume, "lock-0a1b2c3d4e5f6071");
		session.cluster()
			.target()
			.store()
			.put(lock, "{\"Name\":\"lock-0a1b2c3d4e5f6071\",\"Type\":2,\"Acquired\":true}"
				.getBytes(StandardCharsets.UTF_8));

		VolumeName restored = restore(backup, 1);

		awaitFaulted(restored);
		assertThat(restoreErrors(restored)).singleElement()
			.asString()
			.startsWith("failed to acquire lock")
			.endsWith("when performing backup restore, please try again later");
	}

	@Test
	void volumeFromABackupThatIsNotThereIsNotBegun() {
		VolumeName restored = new VolumeName(session.unique("restored"));

		create(restored, "s3://backups@local/?backup=no-such&volume=nobody", 1, spec -> {
		});

		ClusterSession.awaitTrue("the reason", () -> restoreCondition(restored).getMessage()
			.equals("cannot get the backup and its backup volume of s3://backups@local/?backup=no-such&volume=nobody"));
		assertThat(session.volume(restored).view().getStatus().getState()).isNullOrEmpty();
	}

	@Test
	void standbyVolumeFollowsTheNewestBackupAndIsActivated() throws Exception {
		VolumeName volume = session.volume(1);
		session.cluster().attach(volume);
		BackupName first = session.makeBackup(volume);
		awaitBackupVolume(volume, first);
		VolumeName standby = new VolumeName(session.unique("standby"));
		restore(standby, first, 1, spec -> {
			spec.setStandby(true);
			spec.setFrontend("");
		});
		awaitLastRestored(standby, first);
		assertThat(session.volume(standby).view().getStatus().getIsStandby()).isTrue();

		Files.writeString(session.cluster().files(volume).resolve("hello"), "there");
		BackupName second = session.makeBackup(volume);
		awaitLastRestored(standby, second);
		assertThat(session.volume(standby).view().getStatus().getState()).isEqualTo("attached");

		activate(standby);
		awaitRestored(standby);
		assertThat(session.cluster().files(standby).resolve("hello")).hasContent("there");
		assertThat(session.volume(standby).view().getStatus().getIsStandby()).isFalse();
	}

	private VolumeName restore(BackupName backup, int replicas) {
		VolumeName restored = new VolumeName(session.unique("restored"));
		restore(restored, backup, replicas, spec -> {
		});
		return restored;
	}

	private void restore(VolumeName restored, BackupName backup, int replicas, Change change) {
		create(restored, session.backup(backup).view().getStatus().getUrl(), replicas, change);
	}

	private void create(VolumeName restored, String url, int replicas, Change change) {
		Volume wanted = new Volume();
		wanted.getMetadata().setName(restored.value());
		VolumeSpec spec = new VolumeSpec();
		spec.setFromBackup(url);
		spec.setFrontend("blockdev");
		spec.setSize("2097152");
		spec.setNumberOfReplicas((long) replicas);
		change.apply(spec);
		wanted.setSpec(spec);
		objects.create(Volume.class, wanted);
	}

	private void activate(VolumeName standby) {
		ClusterSession.awaitTrue("activation", () -> {
			Stored<Volume> volume = session.volume(standby);
			volume.view().getSpec().setStandby(false);
			volume.view().getSpec().setFrontend("blockdev");
			try {
				objects.write(Volume.class, volume);
				return true;
			}
			catch (KubernetesClientException ex) {
				return false;
			}
		});
	}

	private void awaitBackupVolume(VolumeName volume, BackupName newest) {
		ClusterSession.awaitTrue("the backup volume to know " + newest,
				() -> objects.list(BackupVolume.class, Map.of("backup-volume", volume.value()))
					.stream()
					.anyMatch(found -> newest.value().equals(found.view().getStatus().getLastBackupName())));
	}

	/** Longhorn's own sign that it can be used. */
	private void awaitRestored(VolumeName restored) {
		ClusterSession.awaitTrue(restored + " to be restored", () -> {
			VolumeStatus status = session.volume(restored).view().getStatus();
			return status.getRestoreInitiated() && !status.getRestoreRequired() && "detached".equals(status.getState());
		});
	}

	private void awaitFaulted(VolumeName restored) {
		ClusterSession.awaitTrue(restored + " to be faulted", () -> {
			VolumeStatus status = session.volume(restored).view().getStatus();
			return "faulted".equals(status.getRobustness()) && "detached".equals(status.getState());
		});
		assertThat(restoreCondition(restored).getReason()).isEqualTo("RestoreFailure");
		assertThat(restoreCondition(restored).getMessage())
			.isEqualTo("All replica restore failed and the volume became Faulted");
		assertThat(session.volume(restored).view().getStatus().getRestoreRequired()).isTrue();
	}

	private void awaitLastRestored(VolumeName restored, BackupName backup) {
		ClusterSession.awaitTrue(backup + " to be restored",
				() -> backup.value().equals(engine(restored).view().getStatus().getLastRestoredBackup()));
	}

	private Set<String> restoreErrors(VolumeName restored) {
		ClusterSession.awaitTrue("the error to be written down",
				() -> engine(restored).view()
					.getStatus()
					.getRestoreStatus()
					.values()
					.stream()
					.allMatch(replica -> !replica.getError().isEmpty()));
		return engine(restored).view()
			.getStatus()
			.getRestoreStatus()
			.values()
			.stream()
			.map(replica -> replica.getError())
			.collect(Collectors.toSet());
	}

	private Conditions restoreCondition(VolumeName restored) {
		return session.volume(restored)
			.view()
			.getStatus()
			.getConditions()
			.stream()
			.filter(condition -> condition.getType().equals("Restore"))
			.findFirst()
			.orElseThrow();
	}

	private Set<String> attachment(VolumeName volume) {
		return Objects
			.requireNonNullElse(objects.find(VolumeAttachment.class, volume.value())
				.orElseThrow()
				.view()
				.getSpec()
				.getAttachmentTickets(), Map.<String, Object>of())
			.keySet();
	}

	private Stored<Engine> engine(VolumeName volume) {
		return objects.find(Engine.class, VolumeController.engineName(volume.value())).orElseThrow();
	}

	/** What a test wants otherwise. */
	private interface Change {

		void apply(VolumeSpec spec);

	}

}
