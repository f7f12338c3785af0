package dev.longhaul.longhorn.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.longhaul.core.cluster.DeclaredObjects;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Reads every kind that people declare in namespaces, one after the other. All namespaces
 * of an application are in memory at once, within the bounds below.
 */
final class KubernetesDeclaredObjects implements DeclaredObjects {

	/** Some applications have a dozen, an operator's a few hundred. */
	private static final int MOST_OBJECTS = 5_000;

	/** Of the document. A ConfigMap has up to 1 MiB. */
	private static final int LARGEST = 32 * 1024 * 1024;

	/** Kubernetes makes one in every namespace, with the certificate of this cluster. */
	private static final String ROOT_CERTIFICATE = "kube-root-ca.crt";

	private final LonghornApi api;

	private final KubernetesSerialization serialization;

	KubernetesDeclaredObjects(KubernetesClient client, String namespace, Clock clock) {
		this.api = new LonghornApi(client, namespace, clock);
		this.serialization = client.getKubernetesSerialization();
	}

	@Override
	public Listing list(Set<String> namespaces) {
		Gathering gathering = new Gathering(namespaces);
		RunningVersions versions = new RunningVersions();
		try {
			namespaces.forEach(namespace -> read(namespace, gathering, versions));
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedRequest(FailureCode.EXPORT_FAILED,
					"something in %s cannot be read: %s".formatted(namespaces,
							ServerText.oneLine(String.valueOf(ex.getMessage()))),
					"leave 'objects' out of this application's exports until it can", ex);
		}
		return new Listing(gathering.document(), gathering.count(), versions.inForce());
	}

	private void read(String namespace, Gathering gathering, RunningVersions versions) {
		api.find(Namespace.class, "", namespace).ifPresent(found -> gathering.add(found, "v1", "Namespace"));
		ExportedKind.ALL.forEach(kind -> read(kind, namespace, gathering, versions));
		api.list(Pod.class, namespace).forEach(found -> versions.add(serialization.convertValue(found, Pod.class)));
	}

	private void read(ExportedKind kind, String namespace, Gathering gathering, RunningVersions versions) {
		for (String version : kind.versions()) {
			Optional<List<GenericKubernetesResource>> served = api.listIfServed(kind.in(version), namespace);
			if (served.isPresent()) {
				served.get()
					.stream()
					.filter(found -> isDeclared(kind, found))
					.sorted(Comparator.comparing(Wire::name))
					.forEach(found -> {
						gathering.add(found, kind.apiVersion(version), kind.kind());
						versions.add(found);
					});
				return;
			}
		}
	}

	private static boolean isDeclared(ExportedKind kind, HasMetadata object) {
		boolean ofThisCluster = Wire.name(object).equals(ROOT_CERTIFICATE) && kind.kind().equals("ConfigMap");
		return !ofThisCluster && !Wire.isBeingDeleted(object);
	}

	/** The items of the document, each as text. */
	private final class Gathering {

		private final Set<String> namespaces;

		private final List<String> items = new ArrayList<>();

		private long size;

		Gathering(Set<String> namespaces) {
			this.namespaces = namespaces;
		}

		void add(GenericKubernetesResource object, String apiVersion, String kind) {
			String text = serialization
				.asJson(ApplicableObject.of(serialization.convertValue(object, Map.class), apiVersion, kind));
			size += text.getBytes(StandardCharsets.UTF_8).length;
			items.add(text);
			if (items.size() > MOST_OBJECTS || size > LARGEST) {
				throw new RefusedRequest(FailureCode.EXPORT_FAILED,
						"more than %d objects or %d MiB of them are declared in %s".formatted(MOST_OBJECTS,
								LARGEST / 1024 / 1024, namespaces),
						"leave 'objects' out of this application's exports; something makes objects there without end");
			}
		}

		int count() {
			return items.size();
		}

		String document() {
			return """
					{"apiVersion":"v1","kind":"List","items":[
					%s
					]}
					""".formatted(String.join(",\n", items));
		}

	}

}
