package dev.longhaul.longhorn.cluster;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.longhaul.core.deploy.ApplicationSource;
import dev.longhaul.core.deploy.ArgoApplication;
import dev.longhaul.core.deploy.HealthStatus;
import dev.longhaul.core.deploy.ManagedResource;
import dev.longhaul.core.deploy.PausedSync;
import dev.longhaul.core.deploy.SyncPhase;
import dev.longhaul.core.deploy.SyncStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import org.jspecify.annotations.Nullable;

/**
 * Reads an Application as Argo CD 2.x and 3.x keep it. Nothing in it is certain: without
 * a status it is one that the controller has not seen yet.
 */
final class ArgoApplicationReading {

	static final String REFRESH = "argocd.argoproj.io/refresh";

	private static final String SYNC_WAVE = "argocd.argoproj.io/sync-wave";

	/** A chart has some hundreds at most. */
	private static final int MOST_RESOURCES = 5000;

	private ArgoApplicationReading() {
	}

	static ArgoApplication read(GenericKubernetesResource application) {
		Map<String, Object> tree = application.getAdditionalProperties();
		Object status = tree.get("status");
		SyncPhase phase = SyncPhase.of(Tree.text(status, "operationState", "phase"));
		return new ArgoApplication(ServerText.oneLine(Wire.name(application)),
				Wire.text(application.getMetadata().getResourceVersion()),
				Tree.text(tree, "spec", "destination", "namespace"), sources(tree.get("spec")),
				isAutomated(tree.get("spec")), annotation(application, PausedSync.ANNOTATION) != null,
				syncWave(application), SyncStatus.of(Tree.text(status, "sync", "status")),
				HealthStatus.of(Tree.text(status, "health", "status")), isUnderWay(application, phase), phase,
				message(status), resources(status));
	}

	/** Argo CD takes the annotation away when it has looked. */
	private static boolean isUnderWay(GenericKubernetesResource application, SyncPhase phase) {
		return application.getAdditionalProperties().get("operation") != null || phase.isUnderWay()
				|| annotation(application, REFRESH) != null;
	}

	private static List<ApplicationSource> sources(@Nullable Object spec) {
		Stream<?> one = Stream.ofNullable(Tree.field(spec, "source"));
		return Stream.concat(one, Tree.list(spec, "sources"))
			.map(source -> new ApplicationSource(Tree.text(source, "repoURL"), Tree.text(source, "chart"),
					Tree.text(source, "path"), Tree.text(source, "targetRevision")))
			.toList();
	}

	/** {@code enabled} is of Argo CD 3; without it automated sync is on. */
	static boolean isAutomated(@Nullable Object spec) {
		return Tree.field(spec, "syncPolicy", "automated") instanceof Map<?, ?> automated
				&& !Boolean.FALSE.equals(automated.get("enabled"));
	}

	private static int syncWave(GenericKubernetesResource application) {
		String wave = annotation(application, SYNC_WAVE);
		try {
			return (wave != null) ? Integer.parseInt(wave.strip()) : 0;
		}
		catch (NumberFormatException ex) {
			// As Argo CD takes it.
			return 0;
		}
	}

	/** What is wrong with the application as such says more than its last operation. */
	private static String message(@Nullable Object status) {
		return Tree.list(status, "conditions")
			.filter(condition -> Tree.text(condition, "type").endsWith("Error"))
			.map(condition -> Tree.text(condition, "message"))
			.filter(message -> !message.isEmpty())
			.findFirst()
			.orElseGet(() -> Tree.text(status, "operationState", "message"));
	}

	private static List<ManagedResource> resources(@Nullable Object status) {
		return Tree.list(status, "resources")
			.limit(MOST_RESOURCES)
			.map(resource -> new ManagedResource(Tree.text(resource, "group"), Tree.text(resource, "kind"),
					Tree.text(resource, "namespace"), Tree.text(resource, "name")))
			.toList();
	}

	static @Nullable String annotation(GenericKubernetesResource application, String key) {
		Map<String, String> annotations = application.getMetadata().getAnnotations();
		return (annotations != null) ? annotations.get(key) : null;
	}

}
