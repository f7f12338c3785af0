package dev.longhaul.longhorn.testing;

import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.cluster.RestoreCluster;
import dev.longhaul.core.cluster.RestoreRequest;
import dev.longhaul.core.cluster.RestoredVolume;
import dev.longhaul.core.cluster.StorageNode;
import dev.longhaul.core.cluster.TargetCredentials;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What every implementation does about {@code restores.yaml}.
 */
public abstract class RestoreClusterContract {

	/** The same for all tests of a class. */
	protected abstract RestoreCluster restores();

	/** To look at what was done. */
	protected abstract KubernetesClient admin();

	@Test
	void seesThatLonghornIsThere() {
		assertThat(restores().isServed()).isTrue();
	}

	@Test
	void readsTheRoomOfNodesThatTakeReplicas() {
		assertThat(restores().storageNodes()).containsExactly(new StorageNode("node-1", new ByteSize(990)));
	}

	@Test
	void knowsHowManyRestoresANodeDoesIfNobodySaidSo() {
		assertThat(restores().restoresPerNode()).isEqualTo(5);
		assertThat(restores().snapshotsPerVolume()).isEqualTo(250);
	}

	@Test
	void knowsWhichNodesAreHeard() {
		assertThat(find("on-its-way").node()).isEqualTo("node-1");
		assertThat(find("done").node()).isEmpty();
		assertThat(restores().isReady("node-1")).isTrue();
		assertThat(restores().isReady("node-cordoned")).as("it holds what is there already").isTrue();
		assertThat(restores().isReady("node-down")).isFalse();
		assertThat(restores().isReady("never-was")).isFalse();
	}

	@Test
	void hasABackupReadAnewAndTellsItsBlockSizeOnlyIfNobodyKnowsIt() {
		BackupName early = new BackupName("listed-early");
		BackupName known = new BackupName("of-16-mib");
		assertThat(restores().knowsBlockSize(early)).isFalse();
		assertThat(restores().knowsBlockSize(known)).isTrue();

		restores().requestReading(early, ByteSize.ofMebibytes(2));
		restores().requestReading(known, ByteSize.ofMebibytes(2));

		assertThat(restores().knowsBlockSize(early)).isTrue();
		assertThat(object("Backup", "listed-early").<Map<String, Object>>get("spec"))
			.containsEntry("backupBlockSize", "2097152")
			.hasEntrySatisfying("syncRequestedAt", at -> assertThat(String.valueOf(at)).endsWith("Z"));
		assertThat(object("Backup", "of-16-mib").<Map<String, Object>>get("spec")).containsEntry("backupBlockSize",
				"16777216");
	}

	@Test
	void readsHowFarTheSlowestReplicaIs() {
		RestoredVolume volume = find("on-its-way");

		assertThat(volume.progress()).isEqualTo(35);
		assertThat(volume.isRestored()).isFalse();
		assertThat(volume.isFailed()).isFalse();
		assertThat(volume.claimed()).as("claimed, by names of the backup alone").isFalse();
		assertThat(volume.labels()).containsEntry("ours", "1");
		assertThat(volume.backupUrl()).isEqualTo("s3://b@r/?backup=b-1&volume=v-1");
	}

	@Test
	void tellsWhatWasGivenUpInTheWordsOfTheReplica() {
		RestoredVolume volume = find("given-up");

		assertThat(volume.isFailed()).isTrue();
		assertThat(volume.isRestored()).isFalse();
		assertThat(volume.failure()).isEqualTo("checksum of block differs");
	}

	@Test
	void tellsWhatIsRestoredFromWhatNeverWas() {
		assertThat(find("done").isRestored()).isTrue();
		assertThat(find("in-use").isRestored()).isFalse();
		assertThat(find("in-use").claimed()).isTrue();
		assertThat(restores().findVolume(new VolumeName("none"))).isEmpty();
	}

	@Test
	void asksForAVolumeOnceAndDeletesItOnlyAsItWasSeen() {
		RestoreRequest request = new RestoreRequest(new VolumeName("asked"), "s3://b@r/?backup=b-2&volume=v-2",
				ByteSize.ofMebibytes(64), 2, "v1", "rwx", true, false, Map.of("ours", "2"));

		RestoredVolume first = restores().restoreVolume(request);
		RestoredVolume second = restores().restoreVolume(request);

		assertThat(second.version()).isEqualTo(first.version());
		assertThat(first.labels()).containsEntry("ours", "2");
		assertThat(object("Volume", "asked").<Map<String, Object>>get("spec")).containsEntry("frontend", "blockdev")
			.containsEntry("numberOfReplicas", 2)
			.containsEntry("size", "67108864")
			.containsEntry("accessMode", "rwx")
			.containsEntry("encrypted", true)
			.containsEntry("restoreVolumeRecurringJob", "disabled")
			.containsEntry("fromBackup", "s3://b@r/?backup=b-2&volume=v-2");
		admin().genericKubernetesResources("longhorn.io/v1beta2", "Volume")
			.inNamespace(LonghornResources.NAMESPACE)
			.withName("asked")
			.edit(volume -> {
				volume.getMetadata().getLabels().put("changed", "meanwhile");
				return volume;
			});
		assertThatThrownBy(() -> restores().deleteFailed(first)).isInstanceOf(TransientFailure.class);
		assertThat(restores().findVolume(first.name())).isPresent();

		restores().deleteFailed(find("asked"));
		restores().deleteFailed(first);

		assertThat(restores().findVolume(first.name())).isEmpty();
	}

	@Test
	void makesAVolumeThatStandsByAndActivatesIt() {
		restores().restoreVolume(new RestoreRequest(new VolumeName("standing-by"), "s3://b@r/?backup=b-1&volume=v-1",
				ByteSize.ofMebibytes(64), 1, "v1", "rwo", false, true, Map.of("ours", "3")));
		assertThat(object("Volume", "standing-by").<Map<String, Object>>get("spec")).containsEntry("Standby", true)
			.containsEntry("frontend", "");
		assertThat(find("standing-by").isFollowing()).as("with nothing yet").isFalse();

		RestoredVolume behind = find("behind");
		assertThat(behind.source()).contains(new VolumeName("v-1"));
		assertThat(behind.lastRestored()).isEqualTo("b-1");
		assertThat(behind.newest()).isEqualTo("b-2");
		assertThat(behind.isFollowing()).isTrue();
		assertThat(behind.isUpToDate()).isFalse();
		assertThat(restores().standbyVolumes()).extracting(RestoredVolume::name)
			.containsExactly(new VolumeName("behind"), new VolumeName("standing-by"));

		restores().activate(behind, Map.of("ours", "4"));

		assertThat(object("Volume", "behind").<Map<String, Object>>get("spec")).containsEntry("Standby", false)
			.containsEntry("frontend", "blockdev");
		assertThat(find("behind").labels()).containsEntry("ours", "4").containsEntry("longhornvolume", "behind");
		assertThat(String
			.valueOf(object("BackupVolume", "of-v-1").<Map<String, Object>>get("spec").get("syncRequestedAt")))
			.endsWith("Z");
		assertThat(String
			.valueOf(object("BackupVolume", "of-v-2").<Map<String, Object>>get("spec").get("syncRequestedAt")))
			.isEqualTo("null");
		restores().deleteFailed(find("standing-by"));
	}

	@Test
	void givesTheTargetAUrlOnceAndNeverPrintsItsKey() {
		TargetCredentials credentials = new TargetCredentials(Map.of("AWS_SECRET_ACCESS_KEY", "planted"));

		assertThat(restores().connectDefaultTarget("s3://b@r/", credentials)).isTrue();
		assertThat(restores().connectDefaultTarget("s3://other@r/", credentials)).isFalse();
		restores().requestSync("default");

		Map<String, Object> spec = object("BackupTarget", "default").get("spec");
		assertThat(spec).containsEntry("backupTargetURL", "s3://b@r/");
		assertThat(String.valueOf(spec.get("syncRequestedAt"))).endsWith("Z");
		Secret secret = admin().secrets()
			.inNamespace(LonghornResources.NAMESPACE)
			.withName(String.valueOf(spec.get("credentialSecret")))
			.get();
		assertThat(secret).isNotNull();
		assertThat(credentials).hasToString("TargetCredentials[AWS_SECRET_ACCESS_KEY]");
	}

	@Test
	void createsWhatIsNotThereAndLeavesWhatIs() {
		JsonObject namespace = JsonObject.of(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata",
				Map.of("name", "shop", "annotations", Map.of("by", "first"))));
		restores().create(namespace);
		restores().create(JsonObject.of(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata",
				Map.of("name", "shop", "annotations", Map.of("by", "second")))));

		assertThat(restores().find("Namespace", "shop").flatMap(found -> found.text("metadata", "annotations", "by")))
			.contains("first");
		assertThat(restores().find("PersistentVolume", "none")).isEmpty();
		assertThat(restores().findClaim(new ClaimRef("shop", "none"))).isEmpty();
		assertThat(restores().isOffered("none")).isFalse();
		assertThat(restores().isBound(new ClaimRef("shop", "none"), "none")).isFalse();
		assertThatThrownBy(() -> restores().create(JsonObject.of(Map.of("kind", "ClusterRoleBinding"))))
			.isInstanceOf(IllegalArgumentException.class);
	}

	private RestoredVolume find(String name) {
		Optional<RestoredVolume> found = restores().findVolume(new VolumeName(name));
		assertThat(found).as(name).isPresent();
		return found.get();
	}

	private GenericKubernetesResource object(String kind, String name) {
		return admin().genericKubernetesResources("longhorn.io/v1beta2", kind)
			.inNamespace(LonghornResources.NAMESPACE)
			.withName(name)
			.get();
	}

}
