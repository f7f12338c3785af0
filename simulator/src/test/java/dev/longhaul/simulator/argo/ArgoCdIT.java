package dev.longhaul.simulator.argo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.longhorn.testing.ControlPlane;
import dev.longhaul.simulator.ClusterPlan;
import dev.longhaul.simulator.ClusterPlan.Software;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.kubelet.ControlPlaneKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications of charts, which need no Git.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(ControlPlaneKind.class)
class ArgoCdIT {

	private static final String IGNITION = """
			source:
			  repoURL: https://charts.example.org
			  chart: ignition
			  targetRevision: 0.1.10
			  helm:
			    valuesObject:
			      volumeClaimTemplates:
			        - metadata: {name: data}
			          spec:
			            accessModes: [ReadWriteOnce]
			            storageClassName: longhorn
			            resources: {requests: {storage: 1Gi}}
			syncPolicy:
			  syncOptions: [CreateNamespace=true]
			""";

	private final ControlPlaneKind kind;

	@TempDir
	Path directory;

	private @Nullable ControlPlane controlPlane;

	private SimulatedCluster cluster;

	private KubernetesClient client;

	private Applications applications;

	ArgoCdIT(ControlPlaneKind kind) {
		this.kind = kind;
	}

	@BeforeEach
	void start() throws IOException {
		ClusterPlan plan = ClusterPlan.in(directory.resolve("cluster"), Clock.systemUTC())
			.withSoftware(Software.LONGHORN_AND_ARGO_CD);
		if (kind == ControlPlaneKind.KUBERNETES) {
			controlPlane = ControlPlane.startOrAbort(directory.resolve("control-plane"));
			plan = plan.withApi(controlPlane.kubeconfig());
		}
		cluster = SimulatedCluster.start(plan);
		client = cluster.client();
		applications = new Applications(client);
	}

	@AfterEach
	void stop() {
		cluster.close();
		if (controlPlane != null) {
			controlPlane.close();
		}
	}

	@Test
	void applicationLivesFromItsFirstSyncToItsDeletionWithAllItsData() {
		applications.create("plant", "plant", IGNITION);
		applications.awaitState("plant", "OutOfSync Missing");
		assertThat(applications.named("plant").get().<Object>get("operation")).as("nobody asked").isNull();

		applications.sync("plant");
		assertThat(applications.phase("plant")).as(applications.message("plant")).isEqualTo("Succeeded");
		applications.awaitState("plant", "Synced Healthy");
		assertThat(cluster.objects().list(Volume.class)).as("synced before anything was restored: new and empty")
			.hasSize(1)
			.allSatisfy(volume -> assertThat(volume.view().getSpec().getFromBackup()).isNullOrEmpty());

		client.apps().statefulSets().inNamespace("plant").withName("plant").edit(set -> {
			set.getSpec().setReplicas(0);
			return set;
		});
		applications.awaitState("plant", "OutOfSync Healthy");

		applications.edit("plant", application -> automate(application, Map.of("selfHeal", true, "enabled", false)));
		applications.edit("plant", application -> refresh(application));
		applications.await("the refresh", () -> !isAskedToRefresh());
		assertThat(replicas()).as("disabled automation leaves it").isZero();
		applications.edit("plant", application -> automate(application, Map.of("selfHeal", true)));
		applications.await("the edit to be reverted", () -> replicas() == 1);
		applications.awaitState("plant", "Synced Healthy");

		applications.named("plant").delete();
		applications.await("everything to be gone", () -> applications.named("plant").get() == null
				&& client.apps().statefulSets().inNamespace("plant").withName("plant").get() == null);
		assertThat(client.persistentVolumeClaims().inNamespace("plant").list().getItems())
			.as("claims of a template are the StatefulSet's, not the application's")
			.extracting((PersistentVolumeClaim claim) -> claim.getStatus().getPhase())
			.containsExactly("Bound");
	}

	@Test
	void deletedApplicationTakesItsClaimsAndTheirVolumesWithIt() {
		applications.create("cloud", "cloud", """
				source:
				  repoURL: https://charts.example.org
				  chart: nextcloud
				  targetRevision: 7.0.0
				  helm:
				    parameters:
				      - {name: persistence.enabled, value: "true"}
				syncPolicy:
				  syncOptions: [CreateNamespace=true]
				""");
		applications.sync("cloud");
		applications.awaitState("cloud", "Synced Healthy");
		assertThat(cluster.objects().list(Volume.class)).hasSize(1);

		applications.named("cloud").delete();

		applications.await("the data to be lost", () -> cluster.objects().list(Volume.class).isEmpty());
		applications.await("the application to be gone", () -> applications.named("cloud").get() == null);
	}

	@Test
	void whatTheClusterDoesNotKnowFailsTheSyncWithArgoCdsWords() {
		applications.create("nowhere", "nowhere", """
				source: {repoURL: "https://charts.example.org", chart: ignition, targetRevision: 0.1.10}
				""");
		applications.sync("nowhere");
		assertThat(applications.phase("nowhere")).isEqualTo("Failed");
		assertThat(applications.message("nowhere")).contains("one or more objects failed to apply")
			.contains("namespaces \"nowhere\" not found");
	}

	private int replicas() {
		return client.apps().statefulSets().inNamespace("plant").withName("plant").get().getSpec().getReplicas();
	}

	private boolean isAskedToRefresh() {
		Map<String, String> annotations = applications.named("plant").get().getMetadata().getAnnotations();
		return annotations != null && annotations.containsKey("argocd.argoproj.io/refresh");
	}

	private static void automate(GenericKubernetesResource application, Map<String, Object> automated) {
		Map<String, Object> spec = application.get("spec");
		spec.put("syncPolicy", Map.of("automated", automated, "syncOptions", List.of("CreateNamespace=true")));
	}

	private static void refresh(GenericKubernetesResource application) {
		application.getMetadata().setAnnotations(Map.of("argocd.argoproj.io/refresh", "normal"));
	}

}
