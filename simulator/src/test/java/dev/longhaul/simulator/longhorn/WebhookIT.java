package dev.longhaul.simulator.longhorn;

import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.Backup;
import dev.longhaul.longhorn.crd.BackupSpec;
import dev.longhaul.longhorn.crd.BackupTarget;
import dev.longhaul.longhorn.crd.Snapshot;
import dev.longhaul.longhorn.crd.SnapshotSpec;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.longhorn.crd.VolumeSpec;
import dev.longhaul.simulator.ClusterPlan;
import dev.longhaul.simulator.ClusterSession;
import dev.longhaul.simulator.SharedClusters;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.fault.Fault;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the newest Longhorn does not let into the cluster.
 */
class WebhookIT {

	private static final String DENIED = "admission webhook \"validator.longhorn.io\" denied the request: ";

	@TempDir
	static Path directory;

	private static SharedClusters.Bucket bucket;

	private static SimulatedCluster cluster;

	private static ClusterSession session;

	private static KubernetesClient client;

	@BeforeAll
	static void start() throws Exception {
		bucket = SharedClusters.Bucket.start(directory.resolve("bucket"));
		cluster = SimulatedCluster
			.start(ClusterPlan.in(directory.resolve("cluster"), Clock.systemUTC()).withRelease("v1.12.1"));
		cluster.useTarget(bucket.url(), bucket.variables(), Duration.ofSeconds(1));
		session = new ClusterSession(cluster);
		client = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(cluster.kubeconfig().toFile())).build();
	}

	@AfterAll
	static void end() throws Exception {
		client.close();
		cluster.close();
		bucket.close();
	}

	@Test
	void backupOfASnapshotThatIsThereIsLetIn() {
		VolumeName volume = session.volume(0);
		SnapshotName snapshot = session.takeSnapshot(volume);

		Backup created = create(backup(snapshot.value(), Map.of("backup-volume", volume.value())));

		assertThat(created.getMetadata().getUid()).isNotEmpty();
	}

	@Test
	void backupOfASnapshotThatIsNotThereIsRefused() {
		assertRefused(backup("no-such", Map.of())).hasMessageContaining(DENIED + "failed to get the snapshot no-such");
	}

	@Test
	void backupWithTheNameOfAnotherVolumeIsRefused() {
		VolumeName volume = session.volume(0);
		SnapshotName snapshot = session.takeSnapshot(volume);

		assertRefused(backup(snapshot.value(), Map.of("backup-volume", "another")))
			.hasMessageContaining("snapshot %s is of volume %s, not of another".formatted(snapshot, volume));
	}

	@Test
	void backupToAnotherTargetThanTheVolumesIsRefused() {
		VolumeName volume = session.volume(0);
		SnapshotName snapshot = session.takeSnapshot(volume);

		assertRefused(backup(snapshot.value(), Map.of("backup-target", "second")))
			.hasMessageContaining("volume %s is backed up to target default, not to second".formatted(volume));
	}

	@Test
	void backupToATargetThatIsNotAvailableIsRefused() {
		SnapshotName snapshot = session.takeSnapshot(session.volume(0));
		Fault fault = new Fault.TargetUnavailable("default");
		cluster.faults().inject(fault);
		ClusterSession.awaitTrue("unavailability", () -> !isAvailable());

		assertRefused(backup(snapshot.value(), Map.of()))
			.hasMessageContaining(DENIED + "backup target default is not available");

		cluster.faults().end(fault);
		ClusterSession.awaitTrue("availability", WebhookIT::isAvailable);
	}

	@Test
	void backupModeThatDoesNotExistIsRefused() {
		Backup backup = backup("", Map.of());
		backup.getSpec().setBackupMode("sometimes");

		assertRefused(backup).hasMessageContaining("backup mode sometimes is not full or incremental");
	}

	@Test
	void snapshotOfAVolumeThatIsNotThereIsRefused() {
		Snapshot snapshot = new Snapshot();
		snapshot.getMetadata().setName(session.unique("snap"));
		snapshot.getMetadata().setNamespace(SimulatedCluster.NAMESPACE);
		SnapshotSpec spec = new SnapshotSpec();
		spec.setVolume("nobody");
		spec.setCreateSnapshot(true);
		snapshot.setSpec(spec);

		assertThatThrownBy(() -> client.resource(snapshot).create())
			.hasMessageContaining(DENIED + "volume nobody does not exist");
	}

	@Test
	void volumeWithoutAFrontendIsRefused() {
		assertThatThrownBy(() -> client.resource(volume(new VolumeSpec())).create())
			.hasMessageContaining(DENIED + "invalid volume frontend specified");
	}

	@Test
	void standbyVolumeWithoutABackupIsRefused() {
		VolumeSpec spec = new VolumeSpec();
		spec.setStandby(true);

		assertThatThrownBy(() -> client.resource(volume(spec)).create())
			.hasMessageContaining("a standby volume needs a backup to follow");
	}

	@Test
	void volumeFromABackupThatIsNotThereIsRefused() {
		VolumeSpec spec = new VolumeSpec();
		spec.setFrontend("blockdev");
		spec.setFromBackup("s3://backups@local/?backup=no-such&volume=nobody");

		assertThatThrownBy(() -> client.resource(volume(spec)).create())
			.hasMessageContaining("cannot get the backup and its backup volume of " + spec.getFromBackup());
	}

	@Test
	void volumeWithTooManyReplicasIsRefused() {
		VolumeSpec spec = new VolumeSpec();
		spec.setFrontend("blockdev");
		spec.setNumberOfReplicas(21L);

		assertThatThrownBy(() -> client.resource(volume(spec)).create())
			.hasMessageContaining("number of replicas 21 is not between 1 and 20");
	}

	@Test
	void defaultTargetCannotBeDeleted() {
		assertThatThrownBy(() -> client.resources(BackupTarget.class)
			.inNamespace(SimulatedCluster.NAMESPACE)
			.withName("default")
			.delete()).hasMessageContaining(DENIED + "default backup target cannot be deleted");
		assertThat(isAvailable()).isTrue();
	}

	private static AbstractThrowableAssert<?, ?> assertRefused(Backup backup) {
		return assertThatThrownBy(() -> create(backup)).isInstanceOfSatisfying(KubernetesClientException.class,
				ex -> assertThat(ex.getCode()).isEqualTo(HttpURLConnection.HTTP_BAD_REQUEST));
	}

	private static boolean isAvailable() {
		return cluster.objects().find(BackupTarget.class, "default").orElseThrow().view().getStatus().getAvailable();
	}

	private static Backup create(Backup backup) {
		return client.resource(backup).create();
	}

	private static Backup backup(String snapshot, Map<String, String> labels) {
		Backup backup = new Backup();
		backup.getMetadata().setName(session.unique("backup"));
		backup.getMetadata().setNamespace(SimulatedCluster.NAMESPACE);
		backup.getMetadata().setLabels(labels);
		BackupSpec spec = new BackupSpec();
		spec.setSnapshotName(snapshot);
		backup.setSpec(spec);
		return backup;
	}

	private static Volume volume(VolumeSpec spec) {
		Volume volume = new Volume();
		volume.getMetadata().setName(session.unique("vol"));
		volume.getMetadata().setNamespace(SimulatedCluster.NAMESPACE);
		spec.setSize("67108864");
		volume.setSpec(spec);
		return volume;
	}

}
