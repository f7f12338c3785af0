package dev.longhaul.simulator.argo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import dev.longhaul.simulator.git.Repositories;
import dev.longhaul.simulator.git.Repositories.Checkout;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Makes objects of the sources of an application: Helm renders charts, and what is no
 * chart is taken as it is.
 */
final class Rendering {

	private static final Object HELM = new Object();

	private static final String REFERENCE = "$";

	private static final Pattern API_VERSION = Pattern.compile("(?m)^\\{?\\s*\"?apiVersion\"?:");

	private static final Pattern KIND = Pattern.compile("(?m)\\bkind\"?:");

	private final Repositories repositories;

	private final UpstreamCharts charts;

	private final KubernetesSerialization serialization;

	/** The last of each application, because rendering takes a while. */
	private final Map<String, Target> targets = new ConcurrentHashMap<>();

	Rendering(Repositories repositories, UpstreamCharts charts, KubernetesSerialization serialization) {
		this.repositories = repositories;
		this.charts = charts;
		this.serialization = serialization;
	}

	/**
	 * @param anew whether to ask Git now, also if it was asked a moment ago
	 * @throws IOException if a source is not what the application says, with Helm's words
	 * @throws dev.longhaul.core.failure.TransientFailure if Git does not answer
	 */
	Target render(String application, String namespace, List<Source> sources, boolean anew) throws IOException {
		Map<String, Checkout> references = new HashMap<>();
		List<String> revisions = new ArrayList<>();
		for (Source source : sources) {
			if (source.isChart()) {
				revisions.add(source.revision());
			}
			else {
				Checkout checkout = repositories.checkout(source.repository(), source.revision(), anew);
				references.put(source.ref().isEmpty() ? source.toString() : REFERENCE + source.ref(), checkout);
				revisions.add(checkout.commit());
			}
		}
		Target known = targets.get(application);
		if (known != null && known.isOf(sources, revisions)) {
			return known;
		}
		List<GenericKubernetesResource> objects = new ArrayList<>();
		for (Source source : sources) {
			if (!source.isOnlyReferred()) {
				objects.addAll(render(application, namespace, source, references));
			}
		}
		Target target = new Target(sources, revisions, objects);
		targets.put(application, target);
		return target;
	}

	private List<GenericKubernetesResource> render(String application, String namespace, Source source,
			Map<String, Checkout> references) throws IOException {
		Path folder = source.isChart() ? charts.find(source.chart())
				: find(source.ref().isEmpty() ? source.toString() : REFERENCE + source.ref(), references)
					.find(source.path());
		if (Files.exists(folder.resolve("Chart.yaml"))) {
			return objects(helm(folder, application, namespace, source, references));
		}
		StringBuilder manifests = new StringBuilder();
		try (Stream<Path> files = Files.list(folder)) {
			for (Path file : files.filter(Rendering::isManifest).sorted().toList()) {
				manifests.append("\n---\n").append(Files.readString(file));
			}
		}
		return objects(manifests.toString());
	}

	private static boolean isManifest(Path file) {
		String name = file.toString();
		return Files.isRegularFile(file) && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
	}

	private String helm(Path chart, String application, String namespace, Source source,
			Map<String, Checkout> references) throws IOException {
		List<Path> temporary = new ArrayList<>();
		// Helm keeps its settings in the variables of the whole process.
		synchronized (HELM) {
			try {
				TemplateCommand command = new Helm(chart).template()
					.withName(source.releaseName(application))
					.withNamespace(namespace);
				for (String file : source.helm().texts("valueFiles")) {
					command.withValuesFile(valueFile(chart, file, references));
				}
				for (String inline : inlineValues(source)) {
					Path file = Files.createTempFile("values", ".yaml");
					temporary.add(file);
					Files.writeString(file, inline, StandardCharsets.UTF_8);
					command.withValuesFile(file);
				}
				source.parameters().forEach(parameter -> command.set(parameter.getKey(), parameter.getValue()));
				return command.call();
			}
			catch (IllegalStateException ex) {
				throw new IOException(ex.getMessage(), ex);
			}
			finally {
				for (Path file : temporary) {
					Files.delete(file);
				}
			}
		}
	}

	private List<String> inlineValues(Source source) {
		List<String> values = new ArrayList<>();
		if (source.helm().has("values")) {
			values.add(source.helm().text("values"));
		}
		if (source.helm().has("valuesObject")) {
			values.add(serialization.asYaml(source.helm().child("valuesObject").map()));
		}
		return values;
	}

	private static Path valueFile(Path chart, String file, Map<String, Checkout> references) throws IOException {
		if (!file.startsWith(REFERENCE)) {
			return new Checkout("", chart).find(file);
		}
		int slash = file.indexOf('/');
		return find(file.substring(0, slash), references).find(file.substring(slash + 1));
	}

	private static Checkout find(String reference, Map<String, Checkout> references) throws IOException {
		Checkout found = references.get(reference);
		if (found == null) {
			throw new IOException(
					"source referenced '%s', but no source has a 'ref' field defined".formatted(reference));
		}
		return found;
	}

	/** A document that is no object, such as values beside the manifests, is left out. */
	private List<GenericKubernetesResource> objects(String manifests) throws IOException {
		List<GenericKubernetesResource> objects = new ArrayList<>();
		for (String document : manifests.split("(?m)^---\\s*$", -1)) {
			if (API_VERSION.matcher(document).find() && KIND.matcher(document).find()) {
				objects.add(object(document));
			}
		}
		return objects;
	}

	private GenericKubernetesResource object(String document) throws IOException {
		try {
			return serialization.convertValue(serialization.unmarshal(document, Map.class),
					GenericKubernetesResource.class);
		}
		catch (RuntimeException ex) {
			// Whatever the parser of YAML throws.
			throw new IOException("failed to unmarshal manifest: " + ex.getMessage(), ex);
		}
	}

	/**
	 * What is to be.
	 *
	 * @param revisions one for each source
	 */
	record Target(List<Source> sources, List<String> revisions, List<GenericKubernetesResource> objects) {

		Target {
			sources = List.copyOf(sources);
			revisions = List.copyOf(revisions);
			objects = List.copyOf(objects);
		}

		private boolean isOf(List<Source> others, List<String> otherRevisions) {
			return sources.equals(others) && revisions.equals(otherRevisions);
		}

	}

}
