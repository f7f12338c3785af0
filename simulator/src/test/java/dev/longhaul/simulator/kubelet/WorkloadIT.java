package dev.longhaul.simulator.kubelet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.longhaul.simulator.testing.NodeSession;
import dev.longhaul.simulator.testing.OnBothApis;

import static org.assertj.core.api.Assertions.assertThat;

@OnBothApis
class WorkloadIT {

	private static final Map<String, String> LABELS = Map.of("app", "web");

	private final ControlPlaneKind kind;

	@TempDir
	Path directory;

	@AutoClose
	private NodeSession node;

	WorkloadIT(ControlPlaneKind kind) {
		this.kind = kind;
	}

	@BeforeEach
	void open() {
		node = NodeSession.open(kind, directory);
	}

	@Test
	void aDeploymentIsScaledToZeroAndUpAgain() {
		RollableScalableResource<Deployment> deployment = deploy(2);
		NodeSession.await("two pods").until(() -> readyPods().size() == 2);

		deployment.scale(0);
		NodeSession.await("no pod").until(() -> pods().isEmpty());
		deployment.scale(1);

		NodeSession.await("one pod").until(() -> readyPods().size() == 1);
		NodeSession.await("the status").until(() -> Readiness.getInstance().isReady(deployment.get()));
		assertThat(deployment.get().getStatus().getReadyReplicas()).isEqualTo(1);
	}

	@Test
	void aPodLeadsToItsDeploymentByItsOwners() {
		deploy(1);
		NodeSession.await("the pod").until(() -> readyPods().size() == 1);

		OwnerReference ofPod = pods().get(0).getMetadata().getOwnerReferences().get(0);
		assertThat(ofPod.getKind()).isEqualTo("ReplicaSet");
		assertThat(ofPod.getController()).isTrue();
		ReplicaSet set = node.client()
			.apps()
			.replicaSets()
			.inNamespace(node.namespace())
			.withName(ofPod.getName())
			.get();
		OwnerReference ofSet = set.getMetadata().getOwnerReferences().get(0);
		assertThat(ofSet.getKind()).isEqualTo("Deployment");
		assertThat(ofSet.getName()).isEqualTo("web");
	}

	@Test
	void aDeletedPodIsReplacedUntilItsDeploymentIsDeleted() {
		RollableScalableResource<Deployment> deployment = deploy(1);
		NodeSession.await("the pod").until(() -> readyPods().size() == 1);
		String first = pods().get(0).getMetadata().getName();

		node.client().pods().inNamespace(node.namespace()).withName(first).delete();
		NodeSession.await("another pod")
			.until(() -> readyPods().stream().anyMatch(pod -> !pod.getMetadata().getName().equals(first)));
		deployment.delete();

		NodeSession.await("no pod").until(() -> pods().isEmpty());
	}

	@Test
	void aChangedTemplateBringsNewPods() {
		RollableScalableResource<Deployment> deployment = deploy(1);
		NodeSession.await("the pod").until(() -> readyPods().size() == 1);
		String first = pods().get(0).getMetadata().getUid();

		// Whatever version its controller has made of it meanwhile.
		deployment.patch(PatchContext.of(PatchType.JSON_MERGE), """
				{"spec": {"template": {"metadata": {"annotations": {"version": "2"}}}}}
				""");

		NodeSession.await("only the new pod")
			.until(() -> readyPods().size() == 1 && pods().size() == 1
					&& !pods().get(0).getMetadata().getUid().equals(first));
		assertThat(pods().get(0).getMetadata().getAnnotations()).containsEntry("version", "2");
	}

	@Test
	void aStatefulSetHasNumberedPodsWithClaimsOfTheirOwn() throws Exception {
		node.attach("data-db-0", Files.createDirectory(directory.resolve("zero")));
		RollableScalableResource<StatefulSet> set = statefulSet(2);

		node.awaitReady("db-0");
		NodeSession.await("the second to wait for its volume")
			.until(() -> node.client().pods().inNamespace(node.namespace()).withName("db-1").get() != null);
		assertThat(readyPods()).hasSize(1);
		node.attach("data-db-1", Files.createDirectory(directory.resolve("one")));
		node.awaitReady("db-1");
		set.scale(1);

		NodeSession.await("the second to go").until(() -> pods().size() == 1);
		assertThat(pods().get(0).getMetadata().getName()).isEqualTo("db-0");
		assertThat(node.client().persistentVolumeClaims().inNamespace(node.namespace()).list().getItems())
			.extracting(claim -> claim.getMetadata().getName())
			.containsExactlyInAnyOrder("data-db-0", "data-db-1");
	}

	private RollableScalableResource<Deployment> deploy(int replicas) {
		node.client()
			.resource(new DeploymentBuilder().withNewMetadata()
				.withName("web")
				.withNamespace(node.namespace())
				.endMetadata()
				.withNewSpec()
				.withReplicas(replicas)
				.withNewSelector()
				.withMatchLabels(LABELS)
				.endSelector()
				.withTemplate(template())
				.endSpec()
				.build())
			.create();
		return node.client().apps().deployments().inNamespace(node.namespace()).withName("web");
	}

	private RollableScalableResource<StatefulSet> statefulSet(int replicas) {
		node.client()
			.resource(new StatefulSetBuilder().withNewMetadata()
				.withName("db")
				.withNamespace(node.namespace())
				.endMetadata()
				.withNewSpec()
				.withServiceName("db")
				.withReplicas(replicas)
				.withNewSelector()
				.withMatchLabels(LABELS)
				.endSelector()
				.withTemplate(new PodTemplateSpecBuilder(template()).editSpec()
					.editFirstContainer()
					.addNewVolumeMount()
					.withName("data")
					.withMountPath("/data")
					.endVolumeMount()
					.endContainer()
					.endSpec()
					.build())
				.addNewVolumeClaimTemplate()
				.withNewMetadata()
				.withName("data")
				.endMetadata()
				.withNewSpec()
				.withAccessModes("ReadWriteOnce")
				.withNewResources()
				.addToRequests("storage", new Quantity("1Gi"))
				.endResources()
				.endSpec()
				.endVolumeClaimTemplate()
				.endSpec()
				.build())
			.create();
		return node.client().apps().statefulSets().inNamespace(node.namespace()).withName("db");
	}

	private static PodTemplateSpec template() {
		return new PodTemplateSpecBuilder().withNewMetadata()
			.withLabels(LABELS)
			.endMetadata()
			.withNewSpec()
			.withTerminationGracePeriodSeconds(1L)
			.addNewContainer()
			.withName("app")
			.withImage("example.invalid/app")
			.endContainer()
			.endSpec()
			.build();
	}

	private List<Pod> pods() {
		return node.client().pods().inNamespace(node.namespace()).list().getItems();
	}

	private List<Pod> readyPods() {
		return pods().stream()
			.filter(pod -> pod.getMetadata().getDeletionTimestamp() == null && Readiness.isPodReady(pod))
			.toList();
	}

}
