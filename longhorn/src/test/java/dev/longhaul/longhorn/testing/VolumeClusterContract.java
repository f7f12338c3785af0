package dev.longhaul.longhorn.testing;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.backup.BackupState;
import dev.longhaul.core.backup.BackupTarget;
import dev.longhaul.core.cluster.BackupRequest;
import dev.longhaul.core.cluster.SnapshotRequest;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.Claim;
import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.ObjectCopy;
import dev.longhaul.core.volume.Snapshot;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.Volume;
import dev.longhaul.core.volume.VolumeName;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What every {@link VolumeCluster} keeps, whether Longhorn's controllers are at work or
 * not.
 */
public abstract class VolumeClusterContract {

	/** The same for all tests of a class, or a new one for each. */
	protected abstract VolumeCluster cluster();

	/** Exists, and {@link #claim()} is on it. */
	protected abstract VolumeName volume();

	protected abstract ClaimRef claim();

	/** Of that claim. */
	protected abstract Map<String, String> labels();

	/** Exists too. */
	protected abstract VolumeName otherVolume();

	/** Exists, is available, and both volumes name it. */
	protected abstract String target();

	/**
	 * Returns when a backup may be made of the snapshot. Does nothing where no controller
	 * takes it.
	 */
	protected void awaitReady(SnapshotName snapshot) {
	}

	@Test
	void saysItsVersionAsLonghornDoes() {
		assertThat(cluster().longhornVersion()).matches("v1\\.\\d+\\..*");
	}

	@Test
	void knowsTheTarget() {
		assertThat(cluster().backupTargets()).filteredOn(found -> found.name().equals(target()))
			.singleElement()
			.satisfies(found -> assertThat(found.url()).isNotEmpty())
			.extracting(BackupTarget::available, BackupTarget::message)
			.containsExactly(true, "");
	}

	@Test
	void listsVolumesByNameWithTheClaimsOnThem() {
		assertThat(cluster().volumes()).isSortedAccordingTo((a, b) -> a.name().compareTo(b.name()))
			.extracting(Volume::name)
			.contains(volume(), otherVolume());
		assertThat(cluster().volumes()).filteredOn(found -> found.name().equals(volume()))
			.singleElement()
			.extracting(Volume::claim)
			.isEqualTo(claim());
	}

	@Test
	void listsTheClaimsOfANamespaceByNameWithTheirLabels() {
		assertThat(cluster().claims(claim().namespace())).contains(new Claim(claim(), labels()))
			.isSortedAccordingTo(Comparator.comparing(Claim::ref))
			.allSatisfy(found -> assertThat(found.ref().namespace()).isEqualTo(claim().namespace()));
		assertThat(cluster().claims("contract-nowhere")).isEmpty();
	}

	@Test
	void saysKubernetesVersion() {
		assertThat(cluster().kubernetesVersion()).matches("v1\\.\\d+\\..*");
	}

	@Test
	void findsAClaimAsItIsDeclaredWithTheObjectsItNames() {
		ClaimObjects objects = cluster().findObjects(claim()).orElseThrow();

		Map<String, Object> declared = kept(objects.claim());
		assertThat(declared).containsOnlyKeys("apiVersion", "kind", "metadata", "spec")
			.containsEntry("kind", "PersistentVolumeClaim");
		assertThat(declared.get("metadata")).asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
			.containsEntry("namespace", claim().namespace())
			.containsEntry("name", claim().name())
			.containsEntry("labels", labels())
			.containsEntry("annotations", Map.of("pv.kubernetes.io/bind-completed", "yes"))
			.doesNotContainKeys("uid", "resourceVersion", "generation", "creationTimestamp", "managedFields");
		assertThat(declared.get("spec")).hasToString("{accessModes=[ReadWriteOnce], resources={requests={storage=1Gi}},"
				+ " storageClassName=longhorn-twice, volumeMode=Filesystem, volumeName=vault-data}");
		assertThat(kept(objects.volume())).containsEntry("kind", "PersistentVolume")
			.extractingByKey("spec")
			.asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
			.containsEntry("persistentVolumeReclaimPolicy", "Retain")
			.extractingByKey("claimRef")
			.hasToString("{apiVersion=v1, kind=PersistentVolumeClaim, name=data, namespace=vault}");
		assertThat(kept(objects.storageClass())).containsEntry("kind", "StorageClass")
			.containsEntry("parameters", Map.of("numberOfReplicas", "2", "staleReplicaTimeout", "30"));
	}

	@Test
	void findsNoObjectsOfAClaimThatIsNotThere() {
		assertThat(cluster().findObjects(new ClaimRef(claim().namespace(), "contract-nobody"))).isEmpty();
		assertThat(cluster().findObjects(new ClaimRef("contract-nowhere", "contract-nobody"))).isEmpty();
	}

	private static Map<String, Object> kept(ObjectCopy copy) {
		assertThat(copy).isInstanceOf(ObjectCopy.Kept.class);
		return ((ObjectCopy.Kept) copy).object().fields();
	}

	@Test
	void findsNoSnapshotNobodyAskedFor() {
		assertThat(cluster().findSnapshot(new SnapshotName("contract-nobody"))).isEmpty();
	}

	@Test
	void findsNoBackupNobodyAskedFor() {
		assertThat(cluster().findBackup(new BackupName("contract-nobody"))).isEmpty();
	}

	@Test
	void takesASnapshotOnceHoweverOftenItIsAsked() {
		SnapshotRequest request = snapshotOf(volume(), "contract-snapshot-once");

		Snapshot first = cluster().takeSnapshot(request);
		Snapshot second = cluster().takeSnapshot(request);

		assertThat(first.volume()).isEqualTo(volume());
		assertThat(second.name()).isEqualTo(first.name()).isEqualTo(request.name());
		assertThat(cluster().findSnapshot(request.name())).map(Snapshot::volume).contains(volume());
	}

	@Test
	void refusesASnapshotUnderANameAnotherVolumeHas() {
		cluster().takeSnapshot(snapshotOf(volume(), "contract-snapshot-taken"));

		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> cluster().takeSnapshot(snapshotOf(otherVolume(), "contract-snapshot-taken")))
			.withMessage(
					"the cluster cannot make snapshot 'contract-snapshot-taken' of volume '%s': it has one of volume "
							+ "'%s' under that name",
					otherVolume(), volume())
			.extracting(RefusedRequest::code)
			.isEqualTo(FailureCode.CLUSTER_REFUSED);
	}

	@Test
	void makesABackupOnceHoweverOftenItIsAsked() {
		BackupRequest request = backupOf(readySnapshot("contract-backup-snapshot"), "contract-backup-once");

		Backup first = cluster().makeBackup(request);
		Backup second = cluster().makeBackup(request);

		assertThat(first.volume()).isEqualTo(volume());
		assertThat(first.snapshot()).isEqualTo(request.snapshot());
		assertThat(first.targetName()).isEqualTo(target());
		assertThat(second.name()).isEqualTo(first.name()).isEqualTo(request.name());
		assertThat(cluster().backups()).isSortedAccordingTo((a, b) -> a.name().compareTo(b.name()))
			.extracting(Backup::name)
			.containsOnlyOnce(request.name());
	}

	@Test
	void givesABackupItsLabelsAndTheClaimItIsOf() {
		BackupRequest request = backupOf(readySnapshot("contract-labels-snapshot"), "contract-labels");

		cluster().makeBackup(request);

		assertThat(cluster().findBackup(request.name())).hasValueSatisfying(backup -> {
			assertThat(backup.labels()).containsAllEntriesOf(request.labels());
			assertThat(backup.labels().get("KubernetesStatus")).startsWith("{\"pvName\":\"")
				.contains("\"namespace\":\"" + claim().namespace() + "\",\"pvcName\":\"" + claim().name() + "\"");
		});
	}

	@Test
	void refusesABackupUnderANameAnotherSnapshotHas() {
		SnapshotName first = readySnapshot("contract-first");
		SnapshotName second = readySnapshot("contract-second");
		cluster().makeBackup(backupOf(first, "contract-backup-taken"));

		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> cluster().makeBackup(backupOf(second, "contract-backup-taken")))
			.withMessageContaining("backup 'contract-backup-taken' of snapshot 'contract-second'")
			.withMessageContaining("it has one of snapshot 'contract-first'");
	}

	@Test
	void refusesABackupOfAVolumeThatIsNotThere() {
		BackupRequest request = new BackupRequest(new BackupName("contract-no-volume"), new VolumeName("contract-gone"),
				new SnapshotName("contract-any"), target(), Map.of());

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> cluster().makeBackup(request))
			.withMessage("backup 'contract-no-volume' cannot be made: there is no volume 'contract-gone'");
		assertThat(cluster().findBackup(request.name())).isEmpty();
	}

	@Test
	void deletesABackupOnceHoweverOftenItIsAsked() {
		BackupRequest request = backupOf(readySnapshot("contract-deleted-snapshot"), "contract-deleted");
		cluster().makeBackup(request);

		cluster().deleteBackup(request.name());
		cluster().deleteBackup(request.name());

		assertThat(cluster().findBackup(request.name()).map(Backup::state)).isIn(Optional.empty(),
				Optional.of(BackupState.DELETING));
		assertThat(cluster().findSnapshot(request.snapshot())).isPresent();
	}

	@Test
	void aBackupThatIsNotThereIsDeleted() {
		assertThatNoException().isThrownBy(() -> cluster().deleteBackup(new BackupName("contract-nobody")));
	}

	private SnapshotName readySnapshot(String name) {
		SnapshotName snapshot = cluster().takeSnapshot(snapshotOf(volume(), name)).name();
		awaitReady(snapshot);
		return snapshot;
	}

	private static SnapshotRequest snapshotOf(VolumeName volume, String name) {
		return new SnapshotRequest(new SnapshotName(name), volume, Map.of("longhaul.dev/run", "contract-1"));
	}

	private BackupRequest backupOf(SnapshotName snapshot, String name) {
		return new BackupRequest(new BackupName(name), volume(), snapshot, target(),
				Map.of("longhaul.dev/run", "contract-1"));
	}

}
