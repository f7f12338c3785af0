package dev.longhaul.longhorn.cluster;

import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.ResourceNotFoundException;
import io.fabric8.kubernetes.client.VersionInfo;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the Kubernetes API that Longhaul makes, most on Longhorn's kinds in one
 * namespace, with its answers translated. Objects arrive as plain trees, so that one that
 * cannot be read does not take a whole list with it.
 */
final class LonghornApi {

	/** Objects per page; some 100 KB to 1 MB of JSON. */
	static final int PAGE_SIZE = 250;

	/** A list that needs more pages than this has no end. */
	private static final int MAX_PAGES = 1000;

	/** etcd forgets a continuation after 5 minutes, so a list cannot take longer. */
	private static final Duration LIST_LIMIT = Duration.ofMinutes(5);

	private static final String NOT_THAT_OBJECT = "the answer is not that object";

	private final KubernetesClient client;

	private final String namespace;

	private final Clock clock;

	LonghornApi(KubernetesClient client, String namespace, Clock clock) {
		this.client = client;
		this.namespace = namespace;
		this.clock = clock;
	}

	/** An object of one of Longhorn's kinds. */
	Optional<GenericKubernetesResource> find(Class<? extends CustomResource<?, ?>> type, String name) {
		return find(type, namespace, name);
	}

	/**
	 * An object of any kind. Empty only if the cluster knows the kind and said that there
	 * is no such object.
	 * @param where empty for a kind that is in no namespace
	 */
	Optional<GenericKubernetesResource> find(Class<? extends HasMetadata> type, String where, String name) {
		return find(ResourceDefinitionContext.fromResourceType(type), where, name);
	}

	/** The same of a kind that there is no model of. */
	Optional<GenericKubernetesResource> find(ResourceDefinitionContext kind, String where, String name) {
		ClusterCall call = call("get", kind, where, name);
		try {
			GenericKubernetesResource found = objects(kind, where).withName(name).require();
			if (!isObject(found, name)) {
				throw misunderstood(call, NOT_THAT_OBJECT);
			}
			return Optional.of(found);
		}
		catch (KubernetesClientException | ResourceNotFoundException ex) {
			CallTrouble trouble = CallTrouble.of(call, ex);
			if (trouble.kind() != CallTrouble.Kind.NOT_FOUND) {
				throw trouble.toException();
			}
			if (!namesTheObject(trouble, name)) {
				requireKind(kind, where);
			}
			return Optional.empty();
		}
	}

	/** All objects of one of Longhorn's kinds. */
	List<GenericKubernetesResource> list(Class<? extends CustomResource<?, ?>> type) {
		return list(type, namespace);
	}

	/** All objects of any kind in any namespace, read page by page. */
	List<GenericKubernetesResource> list(Class<? extends HasMetadata> type, String where) {
		ResourceDefinitionContext kind = ResourceDefinitionContext.fromResourceType(type);
		ClusterCall call = call("list", kind, where, null);
		return answered(call, () -> pages(call, kind, where));
	}

	/** The same of a kind that the cluster may not know; empty if it does not. */
	Optional<List<GenericKubernetesResource>> listIfServed(ResourceDefinitionContext kind, String where) {
		ClusterCall call = call("list", kind, where, null);
		try {
			return Optional.of(pages(call, kind, where));
		}
		catch (KubernetesClientException ex) {
			CallTrouble trouble = CallTrouble.of(call, ex);
			if (trouble.kind() == CallTrouble.Kind.NOT_FOUND) {
				return Optional.empty();
			}
			throw trouble.toException();
		}
	}

	private List<GenericKubernetesResource> pages(ClusterCall call, ResourceDefinitionContext kind, String where) {
		Instant deadline = clock.instant().plus(LIST_LIMIT);
		List<GenericKubernetesResource> all = new ArrayList<>();
		String next = null;
		for (int page = 0; page < MAX_PAGES; page++) {
			ListOptions options = new ListOptionsBuilder().withLimit((long) PAGE_SIZE).withContinue(next).build();
			GenericKubernetesResourceList answer = objects(kind, where).list(options);
			requireList(call, answer);
			all.addAll(answer.getItems());
			next = answer.getMetadata().getContinue();
			if (next == null || next.isEmpty()) {
				return all;
			}
			if (clock.instant().isAfter(deadline)) {
				break;
			}
		}
		throw new TransientFailure(FailureCode.CLUSTER_UNREACHABLE,
				"the cluster did not " + call + ": the list had no end after " + all.size() + " objects",
				"try again later; if it stays, look at the API server's load");
	}

	/**
	 * Creates the object, and does not give up when the answer is lost: then it looks.
	 * @return what is there under that name afterwards, made by this call or by another
	 */
	<T extends CustomResource<?, ?>> GenericKubernetesResource create(Class<T> type, T object) {
		String name = object.getMetadata().getName();
		ClusterCall call = call("create", type, namespace, name);
		try {
			T created = client.resources(type).inNamespace(namespace).resource(object).create();
			if (!isObject(created, name)) {
				throw new KubernetesClientException(NOT_THAT_OBJECT);
			}
			return client.getKubernetesSerialization().convertValue(created, GenericKubernetesResource.class);
		}
		catch (KubernetesClientException ex) {
			CallTrouble trouble = CallTrouble.of(call, ex);
			return switch (trouble.kind()) {
				case ALREADY_EXISTS -> find(type, name).orElseThrow(() -> goneAgain(trouble));
				case ANSWER_LOST -> lookAfter(trouble, type, name);
				default -> throw trouble.toException();
			};
		}
	}

	/**
	 * Creates an object of any kind, unless one of its name is there. If the answer is
	 * lost it looks.
	 */
	void createUnlessThere(HasMetadata object) {
		var unusedWhether = createUnlessThere(ResourceDefinitionContext.fromResourceType(object.getClass()), object);
	}

	/**
	 * The same of a kind that there is no model of.
	 * @return whether it was made now; false if that is not known
	 */
	boolean createUnlessThere(ResourceDefinitionContext kind, HasMetadata object) {
		String where = Wire.text(object.getMetadata().getNamespace());
		String name = Wire.name(object);
		ClusterCall call = call("create", kind, where, name);
		GenericKubernetesResource tree = client.getKubernetesSerialization()
			.convertValue(object, GenericKubernetesResource.class);
		try {
			var unusedAnswer = objects(kind, where).resource(tree).create();
			return true;
		}
		catch (KubernetesClientException ex) {
			CallTrouble trouble = CallTrouble.of(call, ex);
			switch (trouble.kind()) {
				// Not every server says why there is a conflict. Whose it is, the caller
				// has to look.
				case ALREADY_EXISTS, BUSY, ANSWER_LOST -> {
					if (find(kind, where, name).isEmpty()) {
						throw trouble.toException();
					}
					return false;
				}
				default -> throw trouble.toException();
			}
		}
	}

	/** All objects of one of Longhorn's kinds with a label. */
	List<GenericKubernetesResource> labelled(Class<? extends CustomResource<?, ?>> type, String label, String value) {
		ClusterCall call = call("list", type, namespace, null);
		GenericKubernetesResourceList answer = answered(call,
				() -> objects(type, namespace).withLabel(label, value).list());
		requireList(call, answer);
		return answer.getItems();
	}

	/** Changes fields of one of Longhorn's objects. Doing it twice is doing it once. */
	void patch(Class<? extends CustomResource<?, ?>> type, String name, Map<String, ?> fields) {
		ClusterCall call = call("patch", type, namespace, name);
		String patch = client.getKubernetesSerialization().asJson(fields);
		var unusedAnswer = answered(call,
				() -> objects(type, namespace).withName(name).patch(PatchContext.of(PatchType.JSON_MERGE), patch));
	}

	/**
	 * Replaces an object by a changed copy of it.
	 * @return false if it was changed or deleted since it was read
	 */
	boolean updateUnlessChanged(ResourceDefinitionContext kind, GenericKubernetesResource changed) {
		String where = Wire.text(changed.getMetadata().getNamespace());
		ClusterCall call = call("update", kind, where, Wire.name(changed));
		try {
			var unusedAnswer = objects(kind, where).resource(changed)
				.lockResourceVersion(changed.getMetadata().getResourceVersion())
				.update();
			return true;
		}
		catch (KubernetesClientException ex) {
			CallTrouble trouble = CallTrouble.of(call, ex);
			boolean changedSince = ex.getCode() == HttpURLConnection.HTTP_CONFLICT
					|| trouble.kind() == CallTrouble.Kind.NOT_FOUND;
			if (!changedSince) {
				throw trouble.toException();
			}
			return false;
		}
	}

	/**
	 * Deletes an object, unless it was changed since it was of that version. One that is
	 * not there is deleted.
	 */
	void delete(Class<? extends CustomResource<?, ?>> type, String name, String version) {
		ClusterCall call = call("delete", type, namespace, name);
		try {
			GenericKubernetesResource found = objects(type, namespace).withName(name).require();
			if (!version.equals(found.getMetadata().getResourceVersion())) {
				throw new TransientFailure(FailureCode.CLUSTER_UNREACHABLE,
						"%s '%s' was changed since it was looked at, so it is not deleted".formatted(call.resource(),
								name),
						"look again");
			}
			var unusedDetails = client.resource(found).lockResourceVersion(version).delete();
		}
		catch (KubernetesClientException | ResourceNotFoundException ex) {
			CallTrouble trouble = CallTrouble.of(call, ex);
			if (trouble.kind() != CallTrouble.Kind.NOT_FOUND) {
				throw trouble.toException();
			}
		}
	}

	/**
	 * Deletes an object of any kind as it was looked at.
	 * @throws TransientFailure if it was changed since
	 */
	void delete(ResourceDefinitionContext kind, GenericKubernetesResource seen) {
		ClusterCall call = call("delete", kind, Wire.text(seen.getMetadata().getNamespace()), Wire.name(seen));
		try {
			var unusedDetails = client.resource(seen)
				.lockResourceVersion(seen.getMetadata().getResourceVersion())
				.delete();
		}
		catch (KubernetesClientException ex) {
			CallTrouble trouble = CallTrouble.of(call, ex);
			if (trouble.kind() != CallTrouble.Kind.NOT_FOUND) {
				throw trouble.toException();
			}
		}
	}

	/**
	 * Asks for an object to be deleted, and does not give up when the answer is lost:
	 * then it looks. One that is not there is deleted.
	 */
	void delete(Class<? extends CustomResource<?, ?>> type, String name) {
		ClusterCall call = call("delete", type, namespace, name);
		try {
			if (objects(type, namespace).withName(name).delete().isEmpty()) {
				requireKind(ResourceDefinitionContext.fromResourceType(type), namespace);
			}
		}
		catch (KubernetesClientException ex) {
			CallTrouble trouble = CallTrouble.of(call, ex);
			if (trouble.kind() != CallTrouble.Kind.ANSWER_LOST) {
				throw trouble.toException();
			}
			requireDeletion(trouble, type, name);
		}
	}

	/**
	 * Asks for an object of any kind to be deleted, whatever became of it since. One that
	 * is not there is deleted.
	 * @param where the namespace
	 */
	void deleteByName(Class<? extends HasMetadata> type, String where, String name) {
		ClusterCall call = call("delete", type, where, name);
		var unusedDetails = answered(call, () -> objects(type, where).withName(name).delete());
	}

	/** Whether it was the lost call or another one does not matter. */
	private void requireDeletion(CallTrouble trouble, Class<? extends CustomResource<?, ?>> type, String name) {
		Optional<GenericKubernetesResource> left = look(trouble, type, name);
		if (left.filter(object -> !Wire.isBeingDeleted(object)).isPresent()) {
			throw trouble.toException();
		}
	}

	private GenericKubernetesResource lookAfter(CallTrouble trouble, Class<? extends CustomResource<?, ?>> type,
			String name) {
		return look(trouble, type, name).orElseThrow(trouble::toException);
	}

	private Optional<GenericKubernetesResource> look(CallTrouble trouble, Class<? extends CustomResource<?, ?>> type,
			String name) {
		try {
			return find(type, name);
		}
		catch (TransientFailure | RefusedRequest lookFailed) {
			OutcomeUnknown unknown = new OutcomeUnknown(FailureCode.CLUSTER_UNREACHABLE,
					trouble.fact() + "; it may have been done, and looking failed too: " + lookFailed.fact(),
					"look before doing anything else: kubectl -n %s get %s %s".formatted(namespace,
							trouble.call().resource(), name),
					trouble.cause());
			unknown.addSuppressed(lookFailed);
			throw unknown;
		}
	}

	private static TransientFailure goneAgain(CallTrouble trouble) {
		return new TransientFailure(FailureCode.CLUSTER_UNREACHABLE, trouble.fact() + "; a moment later it was gone",
				"try again; somebody is deleting it", trouble.cause());
	}

	/** The answer for a missing object names it; the one for a missing kind does not. */
	private static boolean namesTheObject(CallTrouble trouble, String name) {
		Throwable cause = (trouble.cause() instanceof ResourceNotFoundException wrapped) ? wrapped.getCause()
				: trouble.cause();
		if (cause instanceof KubernetesClientException answered && answered.getStatus() != null) {
			StatusDetails details = answered.getStatus().getDetails();
			return details != null && name.equals(details.getName());
		}
		return false;
	}

	/** An answer that is no list says nothing about what is there. */
	private static void requireList(ClusterCall call, @Nullable GenericKubernetesResourceList answer) {
		if (answer == null || answer.getKind() == null || !answer.getKind().endsWith("List")
				|| answer.getItems() == null || answer.getItems().contains(null) || answer.getMetadata() == null) {
			throw misunderstood(call, "the answer is no list");
		}
	}

	/** An answer that is not the object asked for says nothing about it. */
	private static boolean isObject(@Nullable HasMetadata answer, String name) {
		return answer != null && answer.getMetadata() != null && name.equals(answer.getMetadata().getName());
	}

	private static TransientFailure misunderstood(ClusterCall call, String why) {
		return new TransientFailure(FailureCode.CLUSTER_UNREACHABLE, "the cluster did not " + call + ": " + why,
				"check that " + call.server() + " is a Kubernetes API server");
	}

	/**
	 * Fails if the cluster does not know the kind: then nothing is known to be absent.
	 */
	private void requireKind(ResourceDefinitionContext kind, String where) {
		ClusterCall call = call("list", kind, where, null);
		ListOptions one = new ListOptionsBuilder().withLimit(1L).build();
		requireList(call, answered(call, () -> objects(kind, where).list(one)));
	}

	/** Kubernetes' version; empty if the answer has none. */
	String version() {
		ClusterCall call = new ClusterCall(client.getMasterUrl().toString(), "get", "", "/version", "", null);
		VersionInfo answer = answered(call, client::getKubernetesVersion);
		return (answer != null && answer.getGitVersion() != null) ? ServerText.oneLine(answer.getGitVersion()) : "";
	}

	private static <T> T answered(ClusterCall call, Supplier<T> ask) {
		try {
			return ask.get();
		}
		catch (KubernetesClientException ex) {
			throw CallTrouble.of(call, ex).toException();
		}
	}

	private NonNamespaceOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>> objects(
			Class<? extends HasMetadata> type, String where) {
		return objects(ResourceDefinitionContext.fromResourceType(type), where);
	}

	private NonNamespaceOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>> objects(
			ResourceDefinitionContext kind, String where) {
		MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>> everywhere = client
			.genericKubernetesResources(kind);
		return where.isEmpty() ? everywhere : everywhere.inNamespace(where);
	}

	private ClusterCall call(String verb, Class<? extends HasMetadata> type, String where, @Nullable String name) {
		return call(verb, ResourceDefinitionContext.fromResourceType(type), where, name);
	}

	private ClusterCall call(String verb, ResourceDefinitionContext kind, String where, @Nullable String name) {
		return new ClusterCall(client.getMasterUrl().toString(), verb, Wire.text(kind.getGroup()), kind.getPlural(),
				where, name);
	}

}
