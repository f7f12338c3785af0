package dev.longhaul.simulator.argo;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.simulator.argo.Rendering.Target;
import dev.longhaul.simulator.control.Next;
import dev.longhaul.simulator.control.Reconciler;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.jspecify.annotations.Nullable;

/**
 * Plays Argo CD's application controller: compares an application with the cluster, syncs
 * it when somebody asks or it is to sync by itself, and says how it is.
 */
final class ApplicationController implements Reconciler {

	static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder().withGroup("argoproj.io")
		.withVersion("v1alpha1")
		.withKind("Application")
		.withPlural("applications")
		.withNamespaced(true)
		.build();

	private static final String TRACKING = "argocd.argoproj.io/tracking-id";

	private static final String REFRESH = "argocd.argoproj.io/refresh";

	private static final String OPERATION = "operation";

	private static final String STATUS = "status";

	private static final String SYNCED = "Synced";

	private static final String OUT_OF_SYNC = "OutOfSync";

	private static final String PHASE = "phase";

	private static final String REVISION = "revision";

	private final KubernetesClient client;

	private final String namespace;

	private final Rendering rendering;

	private final ClusterObjects objects;

	private final Sync sync;

	private final Clock clock;

	private final Duration pace;

	/**
	 * @param pace how often an application is compared with the cluster
	 */
	ApplicationController(KubernetesClient client, String namespace, Rendering rendering, Clock clock, Duration pace) {
		this.client = client;
		this.namespace = namespace;
		this.rendering = rendering;
		this.objects = new ClusterObjects(client);
		this.sync = new Sync(objects, serialization());
		this.clock = clock;
		this.pace = pace;
	}

	@Override
	public Next reconcile(String name) throws IOException {
		GenericKubernetesResource found = client.genericKubernetesResources(KIND)
			.inNamespace(namespace)
			.withName(name)
			.get();
		if (found == null) {
			return Next.onChange();
		}
		Application application = new Application(found);
		if (application.isDeleting()) {
			return delete(application);
		}
		Comparison look = compare(application);
		Map<String, @Nullable Object> status = status(application, look);
		Optional<Map<?, ?>> operation = application.operation().map().isEmpty() ? automatic(application, look, status)
				: Optional.of(application.operation().map());
		boolean ended = operation.isPresent() && operate(application, look, Fields.of(operation.get()), status);
		write(application, status, ended ? Optional.empty() : operation);
		return Next.after(pace);
	}

	/** Deletes what belongs to it, and lets it go when nothing of that is left. */
	private Next delete(Application application) throws IOException {
		if (!application.cascades()) {
			return Next.onChange();
		}
		boolean left = false;
		for (ResourceId id : application.resources()) {
			Managed managed = new Managed(id, Optional.empty(), findOwn(application, id), false);
			if (managed.live().isPresent() && !managed.isKept("Delete=false")) {
				left = true;
				objects.delete(id);
			}
		}
		if (left) {
			return Next.after(pace);
		}
		GenericKubernetesResource tree = serialization().clone(application.tree());
		tree.getMetadata()
			.setFinalizers(tree.getMetadata()
				.getFinalizers()
				.stream()
				.filter(each -> !each.equals(Application.CASCADE))
				.toList());
		client.genericKubernetesResources(KIND).inNamespace(namespace).resource(tree).update();
		return Next.onChange();
	}

	private Comparison compare(Application application) {
		Target target;
		try {
			target = rendering.render(application.name(), application.destination(), application.sources(),
					asksForRefresh(application));
		}
		catch (IOException | TransientFailure ex) {
			List<Managed> last = new ArrayList<>();
			for (ResourceId id : application.resources()) {
				Optional<GenericKubernetesResource> live = objects.find(id);
				last.add(new Managed(id, live, live, true));
			}
			return new Comparison(Optional.empty(), last, List.of(Map.of("type", "ComparisonError", "message",
					"Failed to load target state: failed to generate manifest: " + ex.getMessage())));
		}
		List<Managed> managed = new ArrayList<>();
		List<Map<String, String>> conditions = new ArrayList<>();
		for (GenericKubernetesResource rendered : target.objects()) {
			Managed compared = compare(application, rendered);
			if (managed.removeIf(each -> each.id().isSame(compared.id()))) {
				conditions.add(repeated(compared.id()));
			}
			managed.add(compared);
		}
		for (ResourceId id : application.resources()) {
			Optional<GenericKubernetesResource> surplus = managed.stream().anyMatch(each -> each.id().isSame(id))
					? Optional.empty() : findOwn(application, id);
			surplus.ifPresent(live -> managed.add(new Managed(id, Optional.empty(), surplus, false)));
		}
		return new Comparison(Optional.of(target), managed, conditions);
	}

	/** The last one counts. */
	private static Map<String, String> repeated(ResourceId id) {
		return Map.of("type", "RepeatedResourceWarning", "message",
				"Resource %s/%s/%s/%s appeared 2 times among application resources.".formatted(id.group(), id.kind(),
						id.namespace(), id.name()));
	}

	private Managed compare(Application application, GenericKubernetesResource rendered) {
		GenericKubernetesResource wanted = serialization().clone(rendered);
		objects.place(wanted, application.destination());
		ResourceId id = ResourceId.of(wanted);
		Map<String, String> annotations = new HashMap<>(
				Objects.requireNonNullElse(wanted.getMetadata().getAnnotations(), Map.of()));
		annotations.put(TRACKING, application.trackingId(id));
		wanted.getMetadata().setAnnotations(annotations);
		Optional<GenericKubernetesResource> live = objects.find(id);
		boolean synced = live.isPresent() && ObjectFields.isMet(wanted, live.get(), serialization());
		return new Managed(id, Optional.of(wanted), live, synced);
	}

	/** An object that another application or somebody has taken over is not ours. */
	private Optional<GenericKubernetesResource> findOwn(Application application, ResourceId id) {
		return objects.find(id)
			.filter(live -> application.trackingId(id)
				.equals(Objects.requireNonNullElse(live.getMetadata().getAnnotations(), Map.<String, String>of())
					.get(TRACKING)));
	}

	private Map<String, @Nullable Object> status(Application application, Comparison look) {
		Map<String, @Nullable Object> status = new LinkedHashMap<>();
		application.status().map().forEach((key, value) -> status.put(key.toString(), value));
		Map<String, @Nullable Object> compared = new LinkedHashMap<>();
		compared.put(STATUS, look.status());
		look.target().ifPresent(target -> {
			if (target.revisions().size() > 1) {
				compared.put("revisions", target.revisions());
			}
			else {
				compared.put(REVISION, target.revisions().get(0));
			}
		});
		status.put("sync", compared);
		status.put("health", Map.of(STATUS, look.health().text()));
		status.put("conditions", look.conditions());
		if (look.target().isPresent()) {
			status.put("resources", look.managed().stream().map(Managed::asStatus).toList());
		}
		return status;
	}

	/**
	 * What Argo CD asks of itself, if the application is synced by itself: once for each
	 * revision, and also after every change in the cluster if it heals itself.
	 */
	private Optional<Map<?, ?>> automatic(Application application, Comparison look,
			Map<String, @Nullable Object> status) {
		if (!application.isAutomated() || !look.status().equals(OUT_OF_SYNC)) {
			return Optional.empty();
		}
		boolean onlySurplus = look.managed().stream().allMatch(each -> each.synced() || each.isSurplus());
		if (onlySurplus && !application.prunes()) {
			return Optional.empty();
		}
		Fields last = Fields.of(status.get("operationState"));
		boolean sameRevision = last.child("syncResult").text(REVISION).equals(look.revision());
		boolean rested = !last.has("finishedAt")
				|| clock.instant().isAfter(Instant.parse(last.text("finishedAt")).plus(pace));
		if (sameRevision && !(application.healsItself() && rested)) {
			return Optional.empty();
		}
		return Optional.of(Map.of("initiatedBy", Map.of("automated", true), "sync",
				Map.of(REVISION, look.revision(), "prune", application.prunes())));
	}

	/**
	 * One step of an operation.
	 * @return whether it has ended
	 */
	private boolean operate(Application application, Comparison look, Fields operation,
			Map<String, @Nullable Object> status) {
		Fields before = Fields.of(status.get("operationState"));
		boolean begun = before.text(PHASE).equals(Sync.Step.RUNNING)
				&& before.child(OPERATION).map().equals(operation.map());
		Sync.Step step = look.target().isPresent() ? sync.step(application, look.managed(), operation)
				: new Sync.Step("Error", String.valueOf(look.conditions().get(0).get("message")));
		long retries = begun ? before.number("retryCount") : 0;
		boolean again = !step.isRunning() && !step.phase().equals(Sync.Step.SUCCEEDED)
				&& retries < operation.child("retry").number("limit");
		Map<String, @Nullable Object> state = new LinkedHashMap<>();
		state.put(OPERATION, operation.map());
		state.put(PHASE, again ? Sync.Step.RUNNING : step.phase());
		state.put("message",
				again ? "%s. Retrying attempt #%d".formatted(step.message(), retries + 1) : step.message());
		state.put("startedAt", begun ? before.text("startedAt") : now());
		state.put("syncResult", Map.of(REVISION, look.revision()));
		if (again || retries > 0) {
			state.put("retryCount", again ? retries + 1 : retries);
		}
		boolean ended = !step.isRunning() && !again;
		if (ended) {
			state.put("finishedAt", now());
		}
		status.put("operationState", state);
		return ended;
	}

	private void write(Application application, Map<String, @Nullable Object> status, Optional<Map<?, ?>> operation) {
		GenericKubernetesResource tree = serialization().clone(application.tree());
		tree.setAdditionalProperty(STATUS, status);
		if (operation.isPresent()) {
			tree.setAdditionalProperty(OPERATION, operation.get());
		}
		else {
			tree.getAdditionalProperties().remove(OPERATION);
		}
		if (asksForRefresh(application)) {
			Map<String, String> annotations = new HashMap<>(tree.getMetadata().getAnnotations());
			annotations.remove(REFRESH);
			tree.getMetadata().setAnnotations(annotations);
		}
		if (!asText(tree).equals(asText(application.tree()))) {
			status.put("reconciledAt", now());
			client.genericKubernetesResources(KIND).inNamespace(namespace).resource(tree).update();
		}
	}

	/** By way of text, so that numbers compare equal to those that were read. */
	private Object asText(GenericKubernetesResource tree) {
		return serialization().unmarshal(serialization().asJson(tree), Map.class);
	}

	private static boolean asksForRefresh(Application application) {
		return application.tree().getMetadata().getAnnotations() != null
				&& application.tree().getMetadata().getAnnotations().containsKey(REFRESH);
	}

	private String now() {
		return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
	}

	private KubernetesSerialization serialization() {
		return client.getKubernetesSerialization();
	}

	/**
	 * What Git wants beside what is there.
	 *
	 * @param target empty if Git could not be asked, or what it has cannot be rendered
	 * @param conditions why not, and what else is to be said
	 */
	private record Comparison(Optional<Target> target, List<Managed> managed, List<Map<String, String>> conditions) {

		String status() {
			if (target.isEmpty()) {
				return "Unknown";
			}
			return managed.stream().allMatch(Managed::synced) ? SYNCED : OUT_OF_SYNC;
		}

		Health health() {
			if (managed.isEmpty() && target.isEmpty()) {
				return Health.UNKNOWN;
			}
			return managed.stream()
				.filter(each -> !each.isSurplus())
				.flatMap(each -> each.health().stream())
				.reduce(Health.HEALTHY, Health::worse);
		}

		/** Of several sources, the last one that is no chart: where its values lie. */
		String revision() {
			return target.map(each -> String.join(",", each.revisions())).orElse("");
		}

	}

}
