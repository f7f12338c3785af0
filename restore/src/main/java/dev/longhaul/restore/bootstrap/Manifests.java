package dev.longhaul.restore.bootstrap;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.core.secret.SecretRef;

/**
 * What a chart was rendered to, or stands in files, taken apart: Secrets are kept by
 * themselves, everything else as it will be created. Refusals name an object and a key,
 * and never a value.
 */
public record Manifests(List<JsonObject> objects, List<NamedSecret> secrets) {

	private static final String HOOK = "helm.sh/hook";

	/** Of a cluster that is gone; a new one refuses or ignores them. */
	private static final Set<String> OF_THE_SERVER = Set.of("creationTimestamp", "generation", "managedFields",
			"resourceVersion", "selfLink", "uid");

	public Manifests {
		objects = List.copyOf(objects);
		secrets = List.copyOf(secrets);
	}

	/**
	 * @param namespace of what names none and has to be in one, as Helm and kubectl do
	 * @throws RefusedRequest if there is something that no cluster is begun with, or that
	 * is not as Kubernetes takes it
	 */
	public static Manifests of(List<JsonObject> documents, String namespace) {
		List<JsonObject> objects = new ArrayList<>();
		List<NamedSecret> secrets = new ArrayList<>();
		for (JsonObject document : documents) {
			for (JsonObject object : withoutList(document)) {
				requireNoHook(object);
				if (isSecret(object)) {
					secrets.add(secret(object, namespace));
				}
				else {
					objects.add(declared(object, namespace));
				}
			}
		}
		return new Manifests(objects, secrets);
	}

	/** {@code kubectl get} puts several into a List. */
	private static List<JsonObject> withoutList(JsonObject document) {
		if (!document.text("kind").orElse("").equals("List")) {
			return List.of(document);
		}
		List<JsonObject> items = new ArrayList<>();
		if (document.fields().get("items") instanceof List<?> list) {
			for (Object item : list) {
				if (!(item instanceof Map<?, ?> fields)) {
					throw refused("a List holds something that is no object", "write each object as a document");
				}
				items.add(object(fields));
			}
		}
		return items;
	}

	private static JsonObject object(Map<?, ?> fields) {
		SortedMap<String, Object> sorted = new TreeMap<>();
		fields.forEach((key, value) -> sorted.put(String.valueOf(key), value));
		return new JsonObject(sorted);
	}

	private static void requireNoHook(JsonObject object) {
		boolean isHook = object.object("metadata", "annotations")
			.filter(annotations -> annotations.fields().keySet().stream().anyMatch(key -> key.startsWith(HOOK)))
			.isPresent();
		if (isHook) {
			throw refused("%s is a hook of Helm".formatted(described(object)),
					"a restore creates objects and runs no hooks: make it an Application's, or leave it out");
		}
	}

	private static boolean isSecret(JsonObject object) {
		return object.text("kind").orElse("").equals("Secret") && object.text("apiVersion").orElse("").equals("v1");
	}

	private static NamedSecret secret(JsonObject object, String namespace) {
		String what = described(object);
		SortedMap<String, Secret> data = new TreeMap<>();
		texts(object, what, "data").forEach((key, value) -> data.put(key, decoded(what, key, value)));
		texts(object, what, "stringData").forEach((key, value) -> data.put(key, Secret.of(value)));
		try {
			SecretRef ref = new SecretRef(object.text("metadata", "namespace").orElse(namespace),
					object.text("metadata", "name").orElse(""));
			return new NamedSecret(ref, object.text("type").orElse(NamedSecret.OPAQUE), data);
		}
		catch (IllegalArgumentException ex) {
			throw refused("%s cannot be kept: %s".formatted(what, ex.getMessage()), "write it as Kubernetes takes it",
					ex);
		}
	}

	/** A number would be refused by the new cluster, on the worst of days. */
	private static SortedMap<String, String> texts(JsonObject object, String what, String field) {
		SortedMap<String, String> texts = new TreeMap<>();
		for (Map.Entry<String, Object> entry : object.object(field)
			.orElse(JsonObject.of(Map.of()))
			.fields()
			.entrySet()) {
			if (!(entry.getValue() instanceof String text)) {
				throw refused("%s.%s of %s is no text".formatted(field, entry.getKey(), what),
						"put it into quotes; in a template: {{ ... | quote }}");
			}
			texts.put(entry.getKey(), text);
		}
		return texts;
	}

	private static Secret decoded(String what, String key, String base64) {
		try {
			return Secret.of(Base64.getDecoder().decode(base64.replaceAll("\\s", "")));
		}
		catch (IllegalArgumentException ex) {
			// Without the cause, which quotes it.
			throw refused("data.%s of %s is not in Base64".formatted(key, what), "use stringData for what is plain");
		}
	}

	private static JsonObject declared(JsonObject object, String namespace) {
		BeginningKind kind = BeginningKind.of(object)
			.orElseThrow(() -> refused("no cluster is begun with %s".formatted(described(object)),
					"a bootstrap holds Secrets and " + BeginningKind.all()
							+ "; put everything else where Argo CD deploys it from"));
		SortedMap<String, Object> fields = new TreeMap<>(object.fields());
		fields.remove("status");
		SortedMap<String, Object> metadata = new TreeMap<>(
				object.object("metadata").orElse(JsonObject.of(Map.of())).fields());
		metadata.keySet().removeAll(OF_THE_SERVER);
		if (kind.isNamespaced()) {
			metadata.putIfAbsent("namespace", namespace);
		}
		fields.put("metadata", metadata);
		JsonObject declared = new JsonObject(fields);
		try {
			ObjectName.of(declared);
		}
		catch (IllegalArgumentException ex) {
			throw refused(String.valueOf(ex.getMessage()), "name it as Kubernetes wants it", ex);
		}
		return declared;
	}

	/** Names are no secrets; what is none is not repeated. */
	private static String described(JsonObject object) {
		return "%s %s".formatted(word(object, "kind"), word(object, "metadata", "name"));
	}

	private static String word(JsonObject object, String... path) {
		return object.text(path).filter(text -> text.matches("[A-Za-z0-9.-]{1,253}")).orElse("without a proper name");
	}

	private static RefusedRequest refused(String fact, String hint) {
		return new RefusedRequest(FailureCode.INVALID_USAGE, fact, hint);
	}

	private static RefusedRequest refused(String fact, String hint, IllegalArgumentException cause) {
		return new RefusedRequest(FailureCode.INVALID_USAGE, fact, hint, cause);
	}

	/** The Secrets do not print themselves, and neither does this. */
	@Override
	public String toString() {
		return "Manifests[%d objects, %d Secrets]".formatted(objects.size(), secrets.size());
	}

}
