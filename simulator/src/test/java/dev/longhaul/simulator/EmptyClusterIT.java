package dev.longhaul.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.testing.ControlPlane;
import dev.longhaul.simulator.SharedClusters.Bucket;
import dev.longhaul.simulator.kubelet.ControlPlaneKind;
import dev.longhaul.simulator.testing.NodeSession;
import dev.longhaul.simulator.testing.Programs;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.readiness.Readiness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.longhaul.simulator.ClusterSession.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the owner of a lost cluster does by hand in an empty one, object by object, with a
 * client that knows nothing but Kubernetes.
 */
class EmptyClusterIT {

	@TempDir
	Path directory;

	@ParameterizedTest
	@EnumSource(ControlPlaneKind.class)
	void volumesOfALostClusterComeBackByteForByteAndPodsStartOnThem(ControlPlaneKind kind) throws Exception {
		Programs.requireSandboxes();
		try (Bucket bucket = Bucket.start(directory.resolve("bucket"))) {
			Lost lost = loseCluster(bucket);
			try (ControlPlaneIfAny api = ControlPlaneIfAny.of(kind, directory);
					SimulatedCluster cluster = SimulatedCluster.start(api.plan(directory.resolve("new")));
					KubernetesClient client = client(cluster)) {
				assertThat(client.genericKubernetesResources("longhorn.io/v1beta2", "Volume").list().getItems())
					.isEmpty();
				assertThat(client.persistentVolumes().list().getItems()).isEmpty();

				nameTarget(client, bucket);
				restore(client, lost);

				assertThat(cluster.contentHash(lost.volume()))
					.isEqualTo(cluster.contentHash(lost.volume(), lost.backup()))
					.hasToString(lost.hash());
				startWorkload(client, lost);
			}
		}
	}

	@Test
	void volumeThatWasWrittenToHasAnotherHash() throws IOException {
		try (SimulatedCluster cluster = SimulatedCluster.start(ClusterPlan.in(directory, Clock.systemUTC()))) {
			VolumeName volume = new ClusterSession(cluster).volume(1);
			String before = cluster.contentHash(volume).value();
			assertThat(cluster.contentHash(volume)).hasToString(before);

			Files.writeString(cluster.files(volume).resolve("hello"), "WORLD");

			assertThat(cluster.contentHash(volume).value()).isNotEqualTo(before);
		}
	}

	/** A cluster that is gone, and what the bucket has of it. */
	private Lost loseCluster(Bucket bucket) throws IOException {
		try (SimulatedCluster cluster = SimulatedCluster
			.start(ClusterPlan.in(directory.resolve("lost"), Clock.systemUTC()))) {
			cluster.useTarget(bucket.url(), bucket.variables(), Duration.ofHours(1));
			ClusterSession session = new ClusterSession(cluster);
			VolumeName volume = session.volume(3);
			cluster.attach(volume);
			BackupName backup = session.makeBackup(volume);
			return new Lost(volume, backup, cluster.contentHash(volume).value());
		}
	}

	private record Lost(VolumeName volume, BackupName backup, String hash) {
	}

	private static void nameTarget(KubernetesClient client, Bucket bucket) {
		Map<String, String> variables = bucket.variables();
		apply(client, """
				apiVersion: v1
				kind: Secret
				metadata: {name: the-bucket, namespace: longhorn-system}
				stringData:
				  AWS_ACCESS_KEY_ID: %s
				  AWS_SECRET_ACCESS_KEY: %s
				  AWS_ENDPOINTS: %s
				""".formatted(variables.get("AWS_ACCESS_KEY_ID"), variables.get("AWS_SECRET_ACCESS_KEY"),
				variables.get("AWS_ENDPOINTS")));
		client.genericKubernetesResources("longhorn.io/v1beta2", "BackupTarget")
			.inNamespace("longhorn-system")
			.withName("default")
			.edit(target -> {
				Map<String, Object> spec = target.get("spec");
				spec.put("backupTargetURL", bucket.url());
				spec.put("credentialSecret", "the-bucket");
				return target;
			});
	}

	private static void restore(KubernetesClient client, Lost lost) {
		awaitTrue("the backup to be known", () -> !url(client, lost).isEmpty());
		apply(client, """
				apiVersion: longhorn.io/v1beta2
				kind: Volume
				metadata: {name: %s, namespace: longhorn-system}
				spec: {fromBackup: "%s", frontend: blockdev, numberOfReplicas: 1, size: "67108864", dataEngine: v1}
				""".formatted(lost.volume(), url(client, lost)));
		awaitTrue("the volume to be restored", () -> {
			GenericKubernetesResource volume = object(client, "Volume", lost.volume().value());
			return Boolean.TRUE.equals(volume.get("status", "restoreInitiated"))
					&& Boolean.FALSE.equals(volume.get("status", "restoreRequired"))
					&& "detached".equals(volume.get("status", "state"));
		});
	}

	private static String url(KubernetesClient client, Lost lost) {
		String url = object(client, "Backup", lost.backup().value()).get("status", "url");
		return (url != null) ? url : "";
	}

	private static void startWorkload(KubernetesClient client, Lost lost) {
		apply(client, """
				apiVersion: v1
				kind: Namespace
				metadata: {name: shop}
				""");
		apply(client, """
				apiVersion: v1
				kind: PersistentVolume
				metadata: {name: pvc-shop}
				spec:
				  capacity: {storage: 64Mi}
				  accessModes: [ReadWriteOnce]
				  persistentVolumeReclaimPolicy: Retain
				  storageClassName: longhorn
				  claimRef: {namespace: shop, name: data-shop-0}
				  csi: {driver: driver.longhorn.io, volumeHandle: %s, fsType: ext4}
				""".formatted(lost.volume()));
		awaitTrue("the PersistentVolume to be available",
				() -> "Available".equals(client.persistentVolumes().withName("pvc-shop").get().getStatus().getPhase()));
		apply(client, """
				apiVersion: v1
				kind: PersistentVolumeClaim
				metadata: {name: data-shop-0, namespace: shop}
				spec:
				  accessModes: [ReadWriteOnce]
				  storageClassName: longhorn
				  volumeName: pvc-shop
				  resources: {requests: {storage: 64Mi}}
				""");
		if (client.namespaces().withName("kube-system").get() != null) {
			awaitTrue("the service account",
					() -> client.serviceAccounts().inNamespace("shop").withName("default").get() != null);
		}
		apply(client, """
				apiVersion: apps/v1
				kind: StatefulSet
				metadata: {name: shop, namespace: shop}
				spec:
				  serviceName: shop
				  selector: {matchLabels: {app: shop}}
				  template:
				    metadata: {labels: {app: shop}}
				    spec:
				      containers:
				        - {name: app, image: example.invalid/shop, volumeMounts: [{name: data, mountPath: /data}]}
				  volumeClaimTemplates:
				    - metadata: {name: data}
				      spec:
				        accessModes: [ReadWriteOnce]
				        storageClassName: longhorn
				        resources: {requests: {storage: 64Mi}}
				""");
		PodResource pod = client.pods().inNamespace("shop").withName("shop-0");
		awaitTrue("a ready pod", () -> Readiness.isPodReady(pod.get()));
		assertThat(NodeSession.exec(pod, "cat", "/data/hello").output()).isEqualTo("world");
		assertThat(client.genericKubernetesResources("longhorn.io/v1beta2", "Volume").list().getItems())
			.as("nothing was provisioned")
			.hasSize(1);
	}

	private static void apply(KubernetesClient client, String manifest) {
		client.resource(manifest).create();
	}

	private static GenericKubernetesResource object(KubernetesClient client, String kind, String name) {
		return Objects.requireNonNull(client.genericKubernetesResources("longhorn.io/v1beta2", kind)
			.inNamespace("longhorn-system")
			.withName(name)
			.get(), name);
	}

	private static KubernetesClient client(SimulatedCluster cluster) {
		return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(cluster.kubeconfig().toFile())).build();
	}

	/** Closes what was started. */
	private record ControlPlaneIfAny(ControlPlaneKind kind, Runnable stop, Path kubeconfig) implements AutoCloseable {

		static ControlPlaneIfAny of(ControlPlaneKind kind, Path directory) {
			if (kind == ControlPlaneKind.MOCK) {
				return new ControlPlaneIfAny(kind, () -> {
				}, directory);
			}
			ControlPlane controlPlane = ControlPlane.startOrAbort(directory.resolve("control-plane"));
			return new ControlPlaneIfAny(kind, controlPlane::close, controlPlane.kubeconfig());
		}

		ClusterPlan plan(Path clusterDirectory) {
			ClusterPlan plan = ClusterPlan.in(clusterDirectory, Clock.systemUTC());
			return (kind == ControlPlaneKind.MOCK) ? plan : plan.withApi(kubeconfig);
		}

		@Override
		public void close() {
			stop.run();
		}

	}

}
