package dev.longhaul.longhorn.testing;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.cluster.ArgoApplications;
import dev.longhaul.core.deploy.ApplicationSource;
import dev.longhaul.core.deploy.ArgoApplication;
import dev.longhaul.core.deploy.HealthStatus;
import dev.longhaul.core.deploy.ManagedResource;
import dev.longhaul.core.deploy.SyncPhase;
import dev.longhaul.core.deploy.SyncStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every implementation does with Argo CD's Applications, without an Argo CD that
 * works.
 */
public abstract class ArgoApplicationsContract {

	private static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
		.withGroup("argoproj.io")
		.withVersion("v1alpha1")
		.withKind("Application")
		.withPlural("applications")
		.withNamespaced(true)
		.build();

	private static final String APPS = """
			apiVersion: argoproj.io/v1alpha1
			kind: Application
			metadata: {name: apps, namespace: argocd}
			spec:
			  destination: {namespace: argocd}
			  source: {repoURL: "http://git/me/homelab.git", path: apps, targetRevision: HEAD}
			  syncPolicy:
			    syncOptions: [CreateNamespace=true]
			    automated: {prune: true, selfHeal: true}
			status:
			  sync: {status: OutOfSync}
			  health: {status: Missing}
			  operationState: {phase: Failed, message: "it is not there"}
			  resources:
			    - {group: argoproj.io, kind: Application, namespace: argocd, name: cloud, status: OutOfSync}
			""";

	private static final String CLOUD = """
			apiVersion: argoproj.io/v1alpha1
			kind: Application
			metadata:
			  name: cloud
			  namespace: argocd
			  annotations: {argocd.argoproj.io/sync-wave: "-2", who: me}
			spec:
			  destination: {namespace: cloud}
			  sources:
			    - {repoURL: "https://charts.example.org", chart: cloud, targetRevision: 7.0.0}
			    - {repoURL: "http://git/me/homelab.git", ref: values, targetRevision: main}
			  syncPolicy: {automated: {enabled: false}}
			status:
			  sync: {status: Unknown}
			  health: {status: "Something of a later version"}
			  conditions:
			    - {type: ComparisonError, message: "git does not answer"}
			""";

	/** The same for all tests of a class. */
	protected abstract ArgoApplications applications();

	/** To look at what was done. */
	protected abstract KubernetesClient admin();

	@BeforeEach
	void declare() {
		for (String application : List.of(APPS, CLOUD)) {
			trees().load(new ByteArrayInputStream(application.getBytes(StandardCharsets.UTF_8))).create();
		}
	}

	@AfterEach
	void forget() {
		trees().delete();
	}

	@Test
	void readsWhatArgoCdSays() {
		assertThat(find("apps")).usingRecursiveComparison()
			.ignoringFields("version")
			.isEqualTo(new ArgoApplication("apps", "", "argocd",
					List.of(new ApplicationSource("http://git/me/homelab.git", "", "apps", "HEAD")), true, false, 0,
					SyncStatus.OUT_OF_SYNC, HealthStatus.MISSING, false, SyncPhase.FAILED, "it is not there",
					List.of(new ManagedResource("argoproj.io", "Application", "argocd", "cloud"))));
		assertThat(find("cloud")).usingRecursiveComparison()
			.ignoringFields("version")
			.isEqualTo(new ArgoApplication("cloud", "", "cloud",
					List.of(new ApplicationSource("https://charts.example.org", "cloud", "", "7.0.0"),
							new ApplicationSource("http://git/me/homelab.git", "", "", "main")),
					false, false, -2, SyncStatus.UNKNOWN, HealthStatus.UNKNOWN, false, SyncPhase.NONE,
					"git does not answer", List.of()));
	}

	@Test
	void asksForASyncOnceWithTheOptionsThatAreDeclared() {
		ArgoApplication apps = find("apps");

		assertThat(applications().requestSync(apps)).isTrue();
		assertThat(applications().requestSync(apps)).as("as it was before").isFalse();
		assertThat(find("apps").underWay()).isTrue();
		assertThat(applications().requestSync(find("apps"))).as("one is under way").isFalse();
		assertThat(read("apps").<Object>get("operation"))
			.isEqualTo(Map.of("initiatedBy", Map.of("username", "longhaul"), "sync",
					Map.of("prune", false, "syncOptions", List.of("CreateNamespace=true"))));
	}

	@Test
	void whatIsPausedComesBackAsItWasDeclared() {
		Object declared = read("apps").get("spec");

		assertThat(applications().pause(find("apps"))).isTrue();
		assertThat(applications().pause(find("apps"))).as("twice is once").isTrue();

		ArgoApplication paused = find("apps");
		assertThat(paused.automated()).isFalse();
		assertThat(paused.paused()).isTrue();
		assertThat(applications().resume(paused)).isTrue();
		assertThat(applications().resume(paused)).as("as it was before").isFalse();
		assertThat(find("apps").automated()).isTrue();
		assertThat(find("apps").paused()).isFalse();
		assertThat(read("apps").<Object>get("spec")).isEqualTo(declared);
	}

	@Test
	void whatIsNotSyncedByItselfIsNotPaused() {
		Object declared = read("cloud").get("spec");

		assertThat(applications().pause(find("cloud"))).isTrue();
		assertThat(find("cloud").paused()).isFalse();
		assertThat(applications().resume(find("cloud"))).isTrue();
		assertThat(read("cloud").<Object>get("spec")).isEqualTo(declared);
	}

	@Test
	void whatSomebodyChangedMeanwhileIsLeftAlone() {
		ArgoApplication before = find("cloud");
		trees().withName("cloud").edit(tree -> {
			tree.getMetadata().setAnnotations(Map.of("who", "somebody"));
			return tree;
		});

		assertThat(applications().requestRefresh(before)).isFalse();
		assertThat(applications().requestRefresh(find("cloud"))).isTrue();
		assertThat(find("cloud").underWay()).as("until Argo CD has looked").isTrue();
		assertThat(read("cloud").getMetadata().getAnnotations()).containsOnly(Map.entry("who", "somebody"),
				Map.entry("argocd.argoproj.io/refresh", "normal"));
	}

	private ArgoApplication find(String name) {
		return applications().list()
			.orElseThrow()
			.stream()
			.filter(each -> each.name().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private GenericKubernetesResource read(String name) {
		return trees().withName(name).require();
	}

	private NonNamespaceOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>> trees() {
		return admin().genericKubernetesResources(KIND).inNamespace("argocd");
	}

}
