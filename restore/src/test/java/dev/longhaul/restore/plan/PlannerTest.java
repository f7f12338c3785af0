package dev.longhaul.restore.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.ObjectCopy;
import dev.longhaul.core.volume.Original;
import dev.longhaul.restore.choice.Absence;
import dev.longhaul.restore.choice.Choice;
import dev.longhaul.restore.choice.Held;
import dev.longhaul.restore.choice.Wanted;
import org.junit.jupiter.api.Test;

import static dev.longhaul.restore.choice.Held.day;
import static dev.longhaul.restore.choice.Held.proven;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PlannerTest {

	private static final ClaimRef GITEA = new ClaimRef("gitea", "data");

	private static final ClaimRef VAULT = new ClaimRef("vaultwarden", "data");

	private static final ClaimRef CLOUD = new ClaimRef("cloud", "files");

	private final Held held = new Held();

	@Test
	void whatOthersNeedComesFirst() {
		held.volume("pvc-1", CLOUD, 20)
			.volume("pvc-2", VAULT, 20)
			.volume("pvc-3", GITEA, 20)
			.recorded(20, "cloud", CLOUD, "pvc-1", proven(20))
			.recorded(19, "passwords", VAULT, "pvc-2", proven(19));

		RestorePlan plan = plan(Placement.unchanged());

		assertThat(plan.steps()).extracting(step -> (step.kind().word() + " " + step.subject()).strip())
			.containsExactly("preflight", "backup-target", "namespaces", "volumes gitea", "volumes cloud",
					"claims gitea", "claims cloud", "check");
		assertThat(plan.missing()).extracting(Absence::subject).containsExactly("application 'passwords'");
	}

	@Test
	void secretsComeBeforeThoseThatNeedThem() {
		held.volume("pvc-1", CLOUD, 20).volume("pvc-2", VAULT, 20).volume("pvc-3", GITEA, 20);

		RestorePlan plan = plan(Placement.unchanged());

		assertThat(plan.volumes()).extracting(volume -> volume.application().value())
			.containsExactly("gitea", "vaultwarden", "cloud");
		assertThat(step(plan, "vaultwarden").why()).endsWith("; holds the secrets of all others");
		assertThat(step(plan, "gitea").what()).isEqualTo("gitea/data 64 MiB");
	}

	@Test
	void objectsAreMadeAsLonghornMakesThemIfOnlyLonghornRecordedTheClaim() {
		held.volume("pvc-1", GITEA, 20);

		PlannedClaim claim = claim(plan(Placement.unchanged()));

		assertThat(claim.volume()).isEqualTo(json(Map.of("apiVersion", "v1", "kind", "PersistentVolume", "metadata",
				Map.of("name", "pvc-1"), "spec",
				Map.of("accessModes", List.of("ReadWriteOnce"), "capacity", Map.of("storage", "67108864"), "claimRef",
						Map.of("apiVersion", "v1", "kind", "PersistentVolumeClaim", "namespace", "gitea", "name",
								"data"),
						"csi", Map.of("driver", "driver.longhorn.io", "fsType", "ext4", "volumeHandle", "pvc-1"),
						"persistentVolumeReclaimPolicy", "Retain", "storageClassName", "longhorn", "volumeMode",
						"Filesystem"))));
		assertThat(claim.claim()).isEqualTo(json(Map.of("apiVersion", "v1", "kind", "PersistentVolumeClaim", "metadata",
				Map.of("name", "data", "namespace", "gitea"), "spec",
				Map.of("accessModes", List.of("ReadWriteOnce"), "resources",
						Map.of("requests", Map.of("storage", "67108864")), "storageClassName", "longhorn", "volumeMode",
						"Filesystem", "volumeName", "pvc-1"))));
	}

	@Test
	void objectsAreMadeAsTheyWereRecordedAndBoundToEachOther() {
		held.volume("pvc-1", GITEA, 20)
			.recorded(20, "gitea", GITEA, "pvc-1", proven(20), recorded("driver.longhorn.io"));

		PlannedClaim claim = claim(plan(Placement.unchanged()));

		assertThat(claim.storageClass()).isEqualTo("fast");
		assertThat(claim.storageClassObject()).isNotNull();
		assertThat(claim.claim().object("metadata", "labels")).contains(json(Map.of("app", "gitea")));
		assertThat(claim.claim().object("metadata", "annotations"))
			.contains(json(Map.of("meta.helm.sh/release-name", "gitea")));
		assertThat(claim.claim().text("spec", "resources", "requests", "storage")).contains("64Mi");
		assertThat(claim.claim().text("spec", "volumeName")).contains("pv-of-data");
		assertThat(claim.volume().text("metadata", "name")).contains("pv-of-data");
		assertThat(claim.volume().text("spec", "persistentVolumeReclaimPolicy")).contains("Delete");
		assertThat(claim.volume().object("metadata", "annotations"))
			.contains(json(Map.of("pv.kubernetes.io/provisioned-by", "driver.longhorn.io")));
		assertThat(claim.volume().object("spec", "csi", "volumeAttributes"))
			.contains(json(Map.of("numberOfReplicas", "2")));
		assertThat(claim.volume().object("spec", "nodeAffinity")).isEmpty();
		assertThat(claim.accessModes()).containsExactly("ReadWriteOnce", "ReadWriteMany");
		assertThat(plan(Placement.unchanged()).volumes().get(0).accessMode()).isEqualTo("rwx");
		assertThat(plan(Placement.unchanged()).volumes().get(0).replicas()).isEqualTo(2);
	}

	@Test
	void aBucketCannotPlantAClassOfAnotherDriver() {
		held.volume("pvc-1", GITEA, 20).recorded(20, "gitea", GITEA, "pvc-1", proven(20), recorded("example.com/evil"));

		assertThat(claim(plan(Placement.unchanged())).storageClassObject()).isNull();
	}

	@Test
	void besideItsOldClaimAVolumeGetsAnotherName() {
		held.volume("pvc-3f1d8a52-7c64-4b0e-9a2f-1c5e8d7b6a90", GITEA, 20);

		PlannedVolume volume = plan(new Placement("drill", Map.of())).volumes().get(0);
		PlannedVolume renamed = plan(new Placement("drill", Map.of(GITEA, new ClaimRef("gitea", "data-of-before"))))
			.volumes()
			.get(0);

		assertThat(volume.name().value()).matches("pvc-3f1d8a52-7c64-4b0e-9a2f-1c5e8-[0-9a-f]{6}").hasSize(40);
		assertThat(volume.source().value()).isEqualTo("pvc-3f1d8a52-7c64-4b0e-9a2f-1c5e8d7b6a90");
		assertThat(volume.claim()).isNotNull();
		assertThat(volume.claim().ref()).isEqualTo(new ClaimRef("drill", "data"));
		assertThat(volume.claim().volumeName()).isEqualTo(volume.name().value());
		assertThat(volume.claim().volume().text("spec", "csi", "volumeHandle")).contains(volume.name().value());
		assertThat(renamed.claim()).isNotNull();
		assertThat(renamed.claim().ref()).isEqualTo(new ClaimRef("gitea", "data-of-before"));
		assertThat(renamed.name()).isNotEqualTo(volume.name());
	}

	@Test
	void whatIsThrownAwayNobodyTakesForTheOriginal() {
		held.volume("pvc-1", GITEA, 20)
			.recorded(20, "gitea", GITEA, "pvc-1", proven(20), recorded("driver.longhorn.io"));

		PlannedVolume volume = plan(Placement.throwAway("drill")).volumes().get(0);

		assertThat(volume.replicas()).isEqualTo(1);
		assertThat(volume.claim()).isNotNull();
		assertThat(volume.claim().storageClassObject()).isNull();
		assertThat(volume.claim().claim().object("metadata"))
			.contains(json(Map.of("name", "data", "namespace", "drill")));
		assertThat(volume.claim().volume().object("metadata")).contains(json(Map.of("name", volume.name().value())));
		assertThat(volume.claim().volume().text("spec", "persistentVolumeReclaimPolicy")).contains("Retain");
		assertThat(volume.claim().volume().object("spec", "csi", "volumeAttributes"))
			.contains(json(Map.of("numberOfReplicas", "2")));
	}

	@Test
	void twoVolumesDoNotShareAClaim() {
		held.volume("pvc-1", GITEA, 20).volume("pvc-2", VAULT, 20);

		assertThatThrownBy(() -> plan(new Placement("rescue", Map.of()))).isInstanceOf(RefusedRequest.class)
			.hasMessageContaining("volumes 'pvc-1' and 'pvc-2' would both get claim rescue/data");
		assertThat(plan(new Placement("rescue", Map.of(VAULT, new ClaimRef("rescue", "vault")))).volumes()).hasSize(2);
	}

	@Test
	void everyReplicaDownloadsEverything() {
		held.volume("pvc-1", GITEA, 20)
			.recorded(20, "gitea", GITEA, "pvc-1", proven(20), recorded("driver.longhorn.io"))
			.volume("pvc-2", VAULT, 20);

		Cost cost = plan(Placement.unchanged()).cost();

		assertThat(cost.bytes()).isEqualTo(ByteSize.ofMebibytes(2 * 6 + 3 * 6));
		assertThat(cost.gets()).isEqualTo(2 * 3 + 3 * 3);
		assertThat(cost.usd()).isEqualByComparingTo(BigDecimal.ZERO);
		assertThat(cost.duration()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void whatANewerRestorePointLacksIsRemarked() {
		held.volume("pvc-1", GITEA, 20, 21)
			.recorded(20, "gitea", GITEA, "pvc-1", proven(20))
			.recorded(21, "gitea", GITEA, "pvc-1", new Proof.Refuted(day(21), "block 7a11 is missing"));

		assertThat(plan(Placement.unchanged()).remarks())
			.containsExactly("'gitea' has a newer restore point, of 2026-11-21T02:30:00Z, which is not taken: "
					+ "it was found damaged: block 7a11 is missing");
	}

	private RestorePlan plan(Placement placement) {
		return new Planner(Held.TARGET, placement, 100, null).plan(Choice.of(held.contents(), Wanted.everything()));
	}

	private static PlannedStep step(RestorePlan plan, String application) {
		return plan.steps()
			.stream()
			.filter(step -> step.kind() == StepKind.VOLUMES && step.subject().equals(application))
			.findFirst()
			.orElseThrow();
	}

	private static PlannedClaim claim(RestorePlan plan) {
		PlannedClaim claim = plan.volumes().get(0).claim();
		assertThat(claim).isNotNull();
		return claim;
	}

	private static Original recorded(String provisioner) {
		JsonObject claim = json(Map.of("metadata",
				Map.of("name", "data", "namespace", "gitea", "labels", Map.of("app", "gitea"), "annotations",
						Map.of("meta.helm.sh/release-name", "gitea", "pv.kubernetes.io/bind-completed", "yes",
								"volume.kubernetes.io/selected-node", "old-node")),
				"spec", Map.of("storageClassName", "fast", "accessModes", List.of("ReadWriteOnce", "ReadWriteMany"),
						"resources", Map.of("requests", Map.of("storage", "64Mi")), "volumeName", "pv-of-data")));
		JsonObject volume = json(Map.of("metadata",
				Map.of("name", "pv-of-data", "annotations",
						Map.of("pv.kubernetes.io/provisioned-by", "driver.longhorn.io",
								"volume.kubernetes.io/provisioner-deletion-secret-name", "")),
				"spec",
				Map.of("capacity", Map.of("storage", "64Mi"), "persistentVolumeReclaimPolicy", "Delete", "nodeAffinity",
						Map.of("required", Map.of()), "csi",
						Map.of("driver", "driver.longhorn.io", "fsType", "xfs", "volumeHandle", "pvc-1",
								"volumeAttributes", Map.of("numberOfReplicas", "2",
										"storage.kubernetes.io/csiProvisionerIdentity", "1-2-driver.longhorn.io")))));
		JsonObject storageClass = json(Map.of("metadata", Map.of("name", "fast"), "provisioner", provisioner));
		return new Original(ByteSize.ofMebibytes(64), 2, null, new ClaimObjects(new ObjectCopy.Kept(claim),
				new ObjectCopy.Kept(volume), new ObjectCopy.Kept(storageClass)));
	}

	private static JsonObject json(Map<String, ?> fields) {
		return JsonObject.of(fields);
	}

}
