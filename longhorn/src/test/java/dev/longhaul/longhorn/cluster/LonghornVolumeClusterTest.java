package dev.longhaul.longhorn.cluster;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.backup.BackupState;
import dev.longhaul.core.backup.BackupTarget;
import dev.longhaul.core.cluster.BackupRequest;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.Robustness;
import dev.longhaul.core.volume.Snapshot;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.Volume;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.core.volume.VolumeState;
import dev.longhaul.longhorn.testing.LonghornResources;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/** Against fabric8's CRUD server, with objects as each supported release writes them. */
@EnableKubernetesMockClient(crud = true)
class LonghornVolumeClusterTest {

	/** Each test has its own. */
	private static final AtomicInteger NAMESPACES = new AtomicInteger();

	private static final VolumeName NEXTCLOUD = new VolumeName("pvc-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9");

	static KubernetesClient client;

	private final String namespace = "longhorn-" + NAMESPACES.incrementAndGet();

	private final VolumeCluster cluster = new LonghornVolumeCluster(client, namespace, Clock.systemUTC());

	@BeforeAll
	static void installLonghorn() {
		LonghornResources.install(client);
	}

	@Test
	void readsWhatLonghorn16Writes() {
		LonghornResources.put(client, "v1.6.yaml", namespace);

		assertThat(cluster.longhornVersion()).isEqualTo("v1.6.4");
		assertThat(cluster.backupTargets())
			.containsExactly(new BackupTarget("default", "s3://backups@us-west-004/", "b2-credentials", true, ""));
		Volume volume = cluster.volumes().get(0);
		assertThat(volume)
			.isEqualTo(new Volume(NEXTCLOUD, new ByteSize(10737418240L), new ByteSize(734003200), VolumeState.ATTACHED,
					Robustness.HEALTHY, 3, new ClaimRef("nextcloud", "data"), "default", false, volume.createdAt()));
		assertThat(cluster.findSnapshot(new SnapshotName("snap-a"))).contains(
				new Snapshot(new SnapshotName("snap-a"), NEXTCLOUD, true, Instant.parse("2026-08-02T01:00:05Z"), ""));
		assertThat(cluster.backups()).containsExactly(new Backup(new BackupName("backup-0123456789abcdef"), NEXTCLOUD,
				"default", new SnapshotName("snap-a"), BackupState.COMPLETED, 100, new ByteSize(734003200),
				ByteSize.ZERO, "",
				"s3://backups@us-west-004/?backup=backup-0123456789abcdef&volume=pvc-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9",
				Instant.parse("2026-08-02T01:02:00Z"),
				Map.of("KubernetesStatus", "{\"pvName\":\"p\"}", "longhorn.io/volume-access-mode", "rwo")));
	}

	@Test
	void readsWhatLonghorn18Writes() {
		LonghornResources.put(client, "v1.8.yaml", namespace);

		assertThat(cluster.backupTargets()).containsExactly(
				new BackupTarget("b2", "s3://backups@us-west-004/k3s", "b2-credentials", false,
						"failed to list: AccessDenied: Transaction cap exceeded"),
				new BackupTarget("default", "", "", false, "backup target URL is empty"));
		Volume volume = cluster.volumes().get(0);
		assertThat(volume.restoring()).isTrue();
		assertThat(volume.backupTargetName()).isEqualTo("b2");
		assertThat(volume.state()).isEqualTo(VolumeState.ATTACHING);
		assertThat(volume.claim()).as("a claim that is gone may be on another volume by now").isNull();
		assertThat(cluster.findBackup(new BackupName("backup-feed"))).hasValueSatisfying(backup -> {
			assertThat(backup.volume()).isEqualTo(new VolumeName("vault-data"));
			assertThat(backup.targetName()).isEqualTo("b2");
			assertThat(backup.snapshot()).isNull();
			assertThat(backup.uploaded()).isEqualTo(new ByteSize(1200445));
			assertThat(backup.labels()).containsExactly(Map.entry("longhaul.dev/run", "nightly-1"));
			assertThat(backup.isReportedComplete()).isTrue();
		});
	}

	@Test
	void readsWhatLonghorn19Writes() {
		LonghornResources.put(client, "v1.9.yaml", namespace);

		assertThat(cluster.volumes()).singleElement().satisfies(volume -> {
			assertThat(volume.claim()).isNull();
			assertThat(volume.state()).isEqualTo(VolumeState.DETACHED);
			assertThat(volume.robustness()).isEqualTo(Robustness.UNKNOWN);
		});
		assertThat(cluster.findSnapshot(new SnapshotName("snap-waiting"))).hasValueSatisfying(snapshot -> {
			assertThat(snapshot.ready()).isFalse();
			assertThat(snapshot.createdAt()).isNull();
			assertThat(snapshot.error()).startsWith("failed to take snapshot because the volume engine");
		});
		assertThat(cluster.backups())
			.extracting(backup -> backup.name().value(), Backup::state, Backup::progress, Backup::error,
					Backup::isReportedComplete)
			.containsExactly(
					tuple("backup-failed", BackupState.ERROR, 7, "rpc error: code = Unknown desc = connection refused",
							false),
					tuple("backup-new", BackupState.NEW, 0, "", false),
					tuple("backup-running", BackupState.IN_PROGRESS, 42, "", false));
	}

	@Test
	void readsWhatLonghorn112WritesAndWordsOfALaterRelease() {
		LonghornResources.put(client, "v1.12.yaml", namespace);

		assertThat(cluster.volumes()).singleElement().satisfies(volume -> {
			assertThat(volume.state()).isEqualTo(VolumeState.UNKNOWN);
			assertThat(volume.robustness()).isEqualTo(Robustness.DEGRADED);
			assertThat(volume.claim()).isEqualTo(new ClaimRef("vault", "data"));
		});
		assertThat(cluster.backups()).singleElement().satisfies(backup -> {
			assertThat(backup.state()).isEqualTo(BackupState.UNKNOWN);
			assertThat(backup.progress()).isEqualTo(100);
			assertThat(backup.size()).isEqualTo(ByteSize.ZERO);
			assertThat(backup.uploaded()).isEqualTo(new ByteSize(Long.MAX_VALUE));
			assertThat(backup.lastSyncedAt()).isNull();
		});
	}

	@Test
	void describesTheOnlyTargetFromSettingsWhereLonghornHasMadeNoObject() {
		putSetting("backup-target", "s3://backups@us-west-004/");
		putSetting("backup-target-credential-secret", "b2-credentials");

		assertThat(cluster.backupTargets()).containsExactly(new BackupTarget("default", "s3://backups@us-west-004/",
				"b2-credentials", false, "Longhorn has not looked at it yet"));
	}

	@Test
	void hasNoTargetWhereNoneIsSet() {
		putSetting("backup-target", "");

		assertThat(cluster.backupTargets()).isEmpty();
	}

	@Test
	void leavesOutAVolumeThatCannotBeReadAndKeepsTheOthers() {
		LonghornResources.put(client, "v1.9.yaml", namespace);
		putVolume("x", Map.of("size", "1073741824"));
		putVolume("no-size", Map.of("size", "much"));
		putVolume("strange", Map.of("size", "1073741824", "numberOfReplicas", List.of("three")));

		assertThat(cluster.volumes()).extracting(volume -> volume.name().value()).containsExactly("scratch");
	}

	@Test
	void refusesToReadAnObjectThatMakesNoSense() {
		put("Backup", "no-volume", Map.of("spec", Map.of("snapshotName", "snap-a")));

		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> cluster.findBackup(new BackupName("no-volume")))
			.withMessageStartingWith("backups.longhorn.io 'no-volume' cannot be read: '' is not a volume name")
			.extracting(RefusedRequest::hint)
			.isEqualTo("look at it: kubectl -n " + namespace + " get backups.longhorn.io no-volume -o yaml");
	}

	@Test
	void asksLonghorn16ForABackupWithoutModeAndTargetLabel() {
		LonghornResources.put(client, "v1.6.yaml", namespace);

		cluster.makeBackup(request("default"));

		GenericKubernetesResource made = backup("night-1");
		assertThat(made.getMetadata().getLabels()).containsExactly(Map.entry("backup-volume", NEXTCLOUD.value()));
		assertThat(made.<Map<String, Object>>get("spec")).containsEntry("snapshotName", "snap-a")
			.doesNotContainKey("backupMode");
	}

	@Test
	void asksLonghorn17ForABackupWithModeAndWithoutTargetLabel() {
		LonghornResources.put(client, "v1.6.yaml", namespace);
		setVersion("v1.7.2");

		cluster.makeBackup(request("default"));

		assertThat(backup("night-1").getMetadata().getLabels()).doesNotContainKey("backup-target");
		assertThat(backup("night-1").<String>get("spec", "backupMode")).isEqualTo("incremental");
	}

	@Test
	void asksLonghorn18ForABackupWithBothLabelsAndTheClaim() {
		LonghornResources.put(client, "v1.6.yaml", namespace);
		setVersion("v1.8.0");

		Backup backup = cluster.makeBackup(request("default"));

		GenericKubernetesResource made = backup("night-1");
		assertThat(made.getMetadata().getLabels()).containsOnly(Map.entry("backup-volume", NEXTCLOUD.value()),
				Map.entry("backup-target", "default"));
		assertThat(made.<String>get("spec", "backupMode")).isEqualTo("incremental");
		assertThat(made.<Map<String, String>>get("spec", "labels"))
			.containsOnly(Map.entry("longhaul.dev/run", "night-1"), Map.entry("KubernetesStatus",
					"{\"pvName\":\"pvc-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9\",\"pvStatus\":\"Bound\","
							+ "\"namespace\":\"nextcloud\",\"pvcName\":\"data\",\"lastPVCRefAt\":\"\","
							+ "\"workloadsStatus\":[{\"podName\":\"nextcloud-7c9f-abcde\",\"podStatus\":\"Running\","
							+ "\"workloadName\":\"nextcloud-7c9f\",\"workloadType\":\"ReplicaSet\"}],\"lastPodRefAt\":\"\"}"));
		assertThat(backup.state()).isEqualTo(BackupState.NEW);
	}

	@Test
	void refusesASecondTargetBeforeLonghorn18() {
		LonghornResources.put(client, "v1.6.yaml", namespace);

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> cluster.makeBackup(request("offsite")))
			.withMessage("backup 'night-1' cannot go to target 'offsite': before version 1.8 Longhorn has only the "
					+ "target 'default'");
	}

	@Test
	void reportsABackupBeingDeletedAsSuchWhateverItsStateSays() {
		LonghornResources.put(client, "v1.6.yaml", namespace);
		client.resource(backup("backup-0123456789abcdef")).delete();

		assertThat(cluster.findBackup(new BackupName("backup-0123456789abcdef"))).map(Backup::state)
			.contains(BackupState.DELETING);
	}

	@Test
	void saysThatLonghornHasNoVersionYet() {
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(cluster::longhornVersion)
			.withMessage("Longhorn in namespace '%s' has not said its version", namespace);
	}

	private static BackupRequest request(String target) {
		return new BackupRequest(new BackupName("night-1"), NEXTCLOUD, new SnapshotName("snap-a"), target,
				Map.of("longhaul.dev/run", "night-1"));
	}

	private GenericKubernetesResource backup(String name) {
		return client.genericKubernetesResources("longhorn.io/v1beta2", "Backup")
			.inNamespace(namespace)
			.withName(name)
			.require();
	}

	private void setVersion(String version) {
		client.genericKubernetesResources("longhorn.io/v1beta2", "Setting")
			.inNamespace(namespace)
			.withName("current-longhorn-version")
			.edit(setting -> {
				setting.setAdditionalProperty("value", version);
				return setting;
			});
	}

	private void putSetting(String name, String value) {
		put("Setting", name, Map.of("value", value));
	}

	private void putVolume(String name, Map<String, Object> spec) {
		put("Volume", name, Map.of("spec", spec));
	}

	private void put(String kind, String name, Map<String, Object> content) {
		GenericKubernetesResource object = new GenericKubernetesResource();
		object.setApiVersion("longhorn.io/v1beta2");
		object.setKind(kind);
		object.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
		content.forEach(object::setAdditionalProperty);
		LonghornResources.put(client, object);
	}

}
