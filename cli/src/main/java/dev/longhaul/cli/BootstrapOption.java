package dev.longhaul.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.cli.chart.RenderedChart;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.core.workload.DeployedChart;
import dev.longhaul.gitops.form.PlainObjects;
import dev.longhaul.restore.bootstrap.ChartRelease;
import dev.longhaul.restore.bootstrap.Manifests;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What a new cluster is begun with: as a chart, or as files that are taken as they are.
 */
final class BootstrapOption {

	/** Of one file. */
	private static final int LARGEST = Secret.LARGEST;

	private static final int MOST_FILES = 100;

	private static final String ARGO_CHART = "argo-cd";

	@Option(names = "--bootstrap", paramLabel = "PATH",
			description = "What a new cluster is begun with before there is a Git server: a chart, rendered now, or a "
					+ "file or directory of YAML, such as 'helm template' makes. Its Secrets are kept with the others; a "
					+ "--secret of the same name wins.")
	private @Nullable Path bootstrap;

	@Option(names = "--bootstrap-values", paramLabel = "FILE",
			description = "Values of that chart. May be repeated; later ones win.")
	private List<Path> bootstrapValues = List.of();

	@Option(names = "--bootstrap-namespace", paramLabel = "NAME", defaultValue = "default",
			description = "The namespace of its release, and of what names none. Default: ${DEFAULT-VALUE}.")
	private String bootstrapNamespace = "default";

	@Option(names = "--argocd-chart", paramLabel = "URL",
			description = "The chart repository that Argo CD is installed from again. Default: "
					+ ChartRelease.ARGO_REPOSITORY + ".")
	private @Nullable String argoRepository;

	@Option(names = "--argocd-values", paramLabel = "FILE",
			description = "The values that Argo CD is installed with. They may hold secrets, and are shown nowhere.")
	private @Nullable Path argoValues;

	@Option(names = "--argocd-version", paramLabel = "VERSION",
			description = "The version of its chart. Default: the one the cluster says is in force.")
	private @Nullable String argoVersion;

	@Option(names = "--argocd-release", paramLabel = "NAME", defaultValue = "argocd",
			description = "What Helm calls it. Default: ${DEFAULT-VALUE}.")
	private String argoRelease = "argocd";

	/**
	 * What is in the chart or the files; nothing if none is named.
	 * @throws RefusedRequest if it cannot be rendered or read, or holds what no cluster
	 * is begun with
	 */
	Manifests manifests() {
		if (bootstrap == null) {
			if (!bootstrapValues.isEmpty()) {
				throw refused("there are values and no chart they are for", "name it with --bootstrap");
			}
			return new Manifests(List.of(), List.of());
		}
		return Manifests.of(documents(bootstrap), bootstrapNamespace);
	}

	private List<JsonObject> documents(Path path) {
		if (Files.isRegularFile(path.resolve("Chart.yaml"))) {
			List<String> values = bootstrapValues.stream().map(file -> text(file, "the values")).toList();
			return PlainObjects.read("rendered '%s'".formatted(path.getFileName()),
					RenderedChart.render(path, bootstrapNamespace, values).revealText());
		}
		if (!bootstrapValues.isEmpty()) {
			throw refused("there are values, and '%s' is no chart".formatted(path),
					"name a directory with a Chart.yaml, or leave --bootstrap-values out");
		}
		return files(path).stream()
			.flatMap(file -> PlainObjects.read(file.toString(), text(file, "the bootstrap")).stream())
			.toList();
	}

	private static List<Path> files(Path path) {
		if (!Files.isDirectory(path)) {
			return List.of(path);
		}
		List<Path> files = new ArrayList<>();
		try (Stream<Path> entries = Files.list(path)) {
			entries.filter(BootstrapOption::isYaml).sorted().limit(MOST_FILES + 1L).forEach(files::add);
		}
		catch (IOException | UncheckedIOException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "'%s' cannot be read: %s".formatted(path, ex),
					"name a directory that is yours to read", ex);
		}
		if (files.isEmpty() || files.size() > MOST_FILES) {
			throw refused("'%s' holds no file of YAML, or more than %d".formatted(path, MOST_FILES),
					"name a chart, a file, or a directory with files that end in .yaml or .yml");
		}
		return files;
	}

	private static boolean isYaml(Path file) {
		String name = file.getFileName().toString();
		return Files.isRegularFile(file) && (name.endsWith(".yaml") || name.endsWith(".yml"));
	}

	/**
	 * How Argo CD is installed again.
	 * @param charts that the cluster says are in force
	 * @return empty if nothing says which version it is of, and nothing was asked for
	 */
	Optional<ChartRelease> argo(String namespace, List<DeployedChart> charts) {
		Optional<String> version = Optional.ofNullable(argoVersion)
			.or(() -> charts.stream()
				.filter(chart -> chart.chart().equals(ARGO_CHART))
				.map(DeployedChart::version)
				.findFirst());
		if (version.isEmpty()) {
			if (argoRepository != null || argoValues != null) {
				throw refused("nothing says of which version Argo CD's chart is",
						"name it with --argocd-version, or the cluster with --kubeconfig; 'helm -n %s list' shows it"
							.formatted(namespace));
			}
			return Optional.empty();
		}
		String values = (argoValues != null) ? text(argoValues, "Argo CD's values") : "";
		PlainObjects.texts("Argo CD's values", values);
		return Optional.of(new ChartRelease(argoRelease, namespace, ARGO_CHART,
				(argoRepository != null) ? argoRepository : ChartRelease.ARGO_REPOSITORY, version.get(), values));
	}

	private static String text(Path file, String what) {
		try (InputStream in = Files.newInputStream(file)) {
			byte[] bytes = in.readNBytes(LARGEST + 1);
			if (bytes.length > LARGEST) {
				throw new IOException("more than %d bytes".formatted(LARGEST));
			}
			return new String(bytes, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"%s in '%s' cannot be read: %s".formatted(what, file, ex.getMessage()),
					"name a file that is there and yours to read", ex);
		}
	}

	private static RefusedRequest refused(String fact, String hint) {
		return new RefusedRequest(FailureCode.INVALID_USAGE, fact, hint);
	}

}
