package dev.longhaul.simulator;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.export.Export;
import dev.longhaul.backupstore.export.ExportListener;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.cluster.BackupRequest;
import dev.longhaul.core.cluster.SnapshotRequest;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.cluster.LonghornVolumeCluster;
import dev.longhaul.simulator.engine.Target;
import dev.longhaul.simulator.kubelet.ControlPlaneKind;
import dev.longhaul.simulator.testing.NodeSession;
import dev.longhaul.simulator.testing.Programs;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.readiness.Readiness;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole application: a workload on a simulated volume, written to, snapshotted, backed
 * up and read back, by a client that knows nothing but the cluster's kubeconfig.
 */
@OnBothApis
class WorkloadBackupIT {

	private static final String NAMESPACE = "shop";

	private final ClusterSession session;

	@TempDir
	Path directory;

	@AutoClose
	private final KubernetesClient client;

	WorkloadBackupIT(ControlPlaneKind kind) {
		this.session = new ClusterSession(SharedClusters.of(kind));
		this.client = new KubernetesClientBuilder()
			.withConfig(Config.fromKubeconfig(session.cluster().kubeconfig().toFile()))
			.build();
	}

	@BeforeEach
	void needContainers() {
		Programs.requireSandboxes();
		Programs.require("debugfs");
	}

	@Test
	void whatADeploymentHasWrittenIsInItsBackup() throws Exception {
		VolumeName volume = session.volume(0);
		awaitServiceAccount();
		Deployment deployment = client.resource(deployment(volume)).create();
		PodResource pod = awaitPod(volume);
		assertThat(session.volume(volume).view().getStatus().getState()).isEqualTo("attached");

		NodeSession.Outcome outcome = NodeSession.exec(pod, "sh", "-c",
				"mkdir /data/cart && echo 3 apples > /data/cart/1");
		assertThat(outcome.exitCode()).as(outcome.error()).isZero();
		BackupName backup = backUp(volume);

		assertThat(readFromBackup(volume, backup, "/cart/1")).isEqualTo("3 apples\n");
		client.resource(deployment).delete();
		ClusterSession.awaitTrue("detachment",
				() -> "detached".equals(session.volume(volume).view().getStatus().getState()));
	}

	@Test
	void aStatefulSetFindsItsFilesAgainWhenItsPodIsMadeAnew() {
		VolumeName volume = session.volume(0);
		awaitServiceAccount();
		StatefulSet set = client.resource(statefulSet(volume)).create();
		PodResource pod = awaitPod(volume);
		String first = pod.get().getMetadata().getUid();
		NodeSession.exec(pod, "sh", "-c", "echo kept > /data/file");

		pod.delete();
		ClusterSession.awaitTrue("another pod",
				() -> !pod.get().getMetadata().getUid().equals(first) && Readiness.isPodReady(pod.get()));

		assertThat(NodeSession.exec(pod, "cat", "/data/file").output()).isEqualTo("kept\n");
		client.resource(set).delete();
		ClusterSession.awaitTrue("detachment",
				() -> "detached".equals(session.volume(volume).view().getStatus().getState()));
	}

	@Test
	void volumeKnowsThePodsThatUseIt() {
		VolumeName volume = session.volume(0);
		awaitServiceAccount();
		Deployment deployment = client.resource(deployment(volume)).create();
		String pod = awaitPod(volume).get().getMetadata().getName();

		ClusterSession.awaitTrue("the pod to be named", () -> session.volume(volume)
			.view()
			.getStatus()
			.getKubernetesStatus()
			.getWorkloadsStatus()
			.stream()
			.anyMatch(
					workload -> workload.getPodName().equals(pod) && workload.getWorkloadType().equals("ReplicaSet")));
		client.resource(deployment).delete();
	}

	private BackupName backUp(VolumeName volume) {
		LonghornVolumeCluster longhorn = new LonghornVolumeCluster(client, SimulatedCluster.NAMESPACE,
				Clock.systemUTC());
		SnapshotName snapshot = new SnapshotName(session.unique("snap"));
		BackupName backup = new BackupName(session.unique("backup"));
		longhorn.takeSnapshot(new SnapshotRequest(snapshot, volume, Map.of()));
		ClusterSession.awaitTrue("the snapshot", () -> session.snapshot(snapshot).view().getStatus().getReadyToUse());
		longhorn.makeBackup(new BackupRequest(backup, volume, snapshot, "default", Map.of()));
		session.awaitDone(backup);
		return backup;
	}

	private String readFromBackup(VolumeName volume, BackupName backup, String file) throws Exception {
		Target target = session.cluster().target();
		Path image = directory.resolve("image");
		new Export(target.store(), target.layout(), Pause.real(), new Concurrency(2)).export(volume, backup, image,
				ExportListener.NONE);
		Path content = directory.resolve("content");
		Process debugfs = new ProcessBuilder("debugfs", "-R", "cat " + file, image.toString())
			.redirectOutput(content.toFile())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		assertThat(debugfs.waitFor()).isZero();
		return Files.readString(content, StandardCharsets.UTF_8);
	}

	private PodResource awaitPod(VolumeName volume) {
		ClusterSession.awaitTrue("a ready pod",
				() -> pods(volume).size() == 1 && Readiness.isPodReady(pods(volume).get(0)));
		return client.pods().inNamespace(NAMESPACE).withName(pods(volume).get(0).getMetadata().getName());
	}

	private List<Pod> pods(VolumeName volume) {
		return client.pods().inNamespace(NAMESPACE).withLabels(labels(volume)).list().getItems();
	}

	private void awaitServiceAccount() {
		if (client.namespaces().withName("kube-system").get() != null) {
			ClusterSession.awaitTrue("the service account",
					() -> client.serviceAccounts().inNamespace(NAMESPACE).withName("default").get() != null);
		}
	}

	private static Map<String, String> labels(VolumeName volume) {
		return Map.of("app", volume.value());
	}

	private static Deployment deployment(VolumeName volume) {
		return new DeploymentBuilder().withNewMetadata()
			.withName(volume.value())
			.withNamespace(NAMESPACE)
			.endMetadata()
			.withNewSpec()
			.withReplicas(1)
			.withNewSelector()
			.withMatchLabels(labels(volume))
			.endSelector()
			.withTemplate(template(volume))
			.endSpec()
			.build();
	}

	private static StatefulSet statefulSet(VolumeName volume) {
		return new StatefulSetBuilder().withNewMetadata()
			.withName(volume.value())
			.withNamespace(NAMESPACE)
			.endMetadata()
			.withNewSpec()
			.withReplicas(1)
			.withServiceName(volume.value())
			.withNewSelector()
			.withMatchLabels(labels(volume))
			.endSelector()
			.withTemplate(template(volume))
			.endSpec()
			.build();
	}

	private static PodTemplateSpec template(VolumeName volume) {
		return new PodTemplateSpecBuilder().withNewMetadata()
			.withLabels(labels(volume))
			.endMetadata()
			.withNewSpec()
			.withTerminationGracePeriodSeconds(1L)
			.addNewContainer()
			.withName("app")
			.withImage("example.invalid/app")
			.addNewVolumeMount()
			.withName("data")
			.withMountPath("/data")
			.endVolumeMount()
			.endContainer()
			.addNewVolume()
			.withName("data")
			.withNewPersistentVolumeClaim()
			.withClaimName(volume.value())
			.endPersistentVolumeClaim()
			.endVolume()
			.endSpec()
			.build();
	}

}
