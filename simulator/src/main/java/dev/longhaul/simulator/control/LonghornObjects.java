package dev.longhaul.simulator.control;

import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.longhaul.longhorn.crd.Setting;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.jspecify.annotations.Nullable;

/**
 * Longhorn's objects in the API, as its managers read and write them: always the newest
 * from the API, and written back only if nobody else wrote meanwhile.
 */
public final class LonghornObjects {

	private static final String SPEC = "spec";

	private static final String STATUS = "status";

	private final KubernetesClient client;

	private final String namespace;

	private final Forms forms;

	/**
	 * @param namespace where Longhorn is installed
	 */
	public LonghornObjects(KubernetesClient client, String namespace) {
		this.client = client;
		this.namespace = namespace;
		this.forms = new Forms(client.getKubernetesSerialization());
	}

	public KubernetesClient client() {
		return client;
	}

	public String namespace() {
		return namespace;
	}

	public <T extends CustomResource<?, ?>> Optional<Stored<T>> find(Class<T> type, String name) {
		return Optional.ofNullable(objects(type).withName(name).get()).map(tree -> stored(type, tree));
	}

	public <T extends CustomResource<?, ?>> List<Stored<T>> list(Class<T> type) {
		return list(type, Map.of());
	}

	/**
	 * @param labels that an object must have, all of them
	 */
	public <T extends CustomResource<?, ?>> List<Stored<T>> list(Class<T> type, Map<String, String> labels) {
		return objects(type).withLabels(labels).list().getItems().stream().map(tree -> stored(type, tree)).toList();
	}

	/**
	 * Creates an object without its status.
	 * @throws KubernetesClientException also if there is one of that name
	 */
	public <T extends CustomResource<?, ?>> Stored<T> create(Class<T> type, T view) {
		GenericKubernetesResource tree = serialization().convertValue(view, GenericKubernetesResource.class);
		tree.getMetadata().setNamespace(namespace);
		fill(tree, SPEC, null, view);
		return stored(type, objects(type).resource(tree).create());
	}

	/** Creates an object unless there is one of that name. */
	public <T extends CustomResource<?, ?>> Stored<T> createOnce(Class<T> type, T view) {
		try {
			return create(type, view);
		}
		catch (KubernetesClientException ex) {
			if (ex.getCode() == HttpURLConnection.HTTP_CONFLICT) {
				return find(type, view.getMetadata().getName()).orElseThrow(() -> ex);
			}
			throw ex;
		}
	}

	/**
	 * Writes metadata and spec, if they are not in the API like that already.
	 * @return the object as it is now, with its old status
	 */
	public <T extends CustomResource<?, ?>> Stored<T> write(Class<T> type, Stored<T> stored) {
		GenericKubernetesResource tree = copy(stored.tree());
		tree.setMetadata(stored.metadata());
		fill(tree, SPEC, stored.tree().get(SPEC), stored.view());
		if (tree.equals(stored.tree())) {
			return stored;
		}
		return stored(type, objects(type).resource(tree).update());
	}

	/**
	 * Writes the status, if it is not in the API like that already.
	 * @return the object as it is now
	 */
	public <T extends CustomResource<?, ?>> Stored<T> writeStatus(Class<T> type, Stored<T> stored) {
		GenericKubernetesResource tree = copy(stored.tree());
		fill(tree, STATUS, stored.tree().get(STATUS), stored.view());
		if (tree.equals(stored.tree())) {
			return stored;
		}
		return stored(type, objects(type).resource(tree).updateStatus());
	}

	/** Writes the value of a setting, which stands at the top of the object. */
	public void writeValue(Stored<Setting> setting, String value) {
		GenericKubernetesResource tree = copy(setting.tree());
		tree.setAdditionalProperty("value", value);
		if (!tree.equals(setting.tree())) {
			objects(Setting.class).resource(tree).update();
		}
	}

	/** Deletes an object, or begins to; one that is not there counts as deleted. */
	public <T extends CustomResource<?, ?>> void delete(Class<T> type, String name) {
		objects(type).withName(name).delete();
	}

	/**
	 * Lets an object that is being deleted go.
	 * @param finalizer to be removed
	 */
	public <T extends CustomResource<?, ?>> void release(Class<T> type, Stored<T> stored, String finalizer) {
		GenericKubernetesResource tree = copy(stored.tree());
		tree.getMetadata().setFinalizers(stored.finalizers().stream().filter(each -> !each.equals(finalizer)).toList());
		objects(type).resource(tree).update();
	}

	private void fill(GenericKubernetesResource tree, String part, @Nullable Object before, CustomResource<?, ?> view) {
		Object typed = part.equals(SPEC) ? view.getSpec() : view.getStatus();
		if (typed == null && before == null) {
			return;
		}
		Object fields = (typed != null) ? asRead(typed) : null;
		tree.setAdditionalProperty(part, forms.fill(tree.getKind(), part, before, fields));
	}

	/** By way of text, so that numbers compare equal to those that were read. */
	private Object asRead(Object typed) {
		return serialization().unmarshal(serialization().asJson(typed), Map.class);
	}

	private GenericKubernetesResource copy(GenericKubernetesResource tree) {
		return serialization().clone(tree);
	}

	private <T extends CustomResource<?, ?>> Stored<T> stored(Class<T> type, GenericKubernetesResource tree) {
		return new Stored<>(Objects.requireNonNull(serialization().convertValue(tree, type)), tree);
	}

	private KubernetesSerialization serialization() {
		return client.getKubernetesSerialization();
	}

	private NonNamespaceOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>> objects(
			Class<? extends CustomResource<?, ?>> type) {
		return client.genericKubernetesResources(ResourceDefinitionContext.fromResourceType(type))
			.inNamespace(namespace);
	}

}
