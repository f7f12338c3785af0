package dev.longhaul.simulator.argo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Charts that others publish, played by charts of ours with the same values for what
 * matters here and the same names for what comes out.
 */
public final class UpstreamCharts {

	/** What is played by charts that come with this program. */
	private static final List<String> KNOWN = List.of("argo-cd", "cert-manager", "external-secrets", "gitea",
			"ignition", "longhorn", "nextcloud", "vaultwarden");

	private final Path directory;

	private final Map<String, Path> charts = new ConcurrentHashMap<>();

	private UpstreamCharts(Path directory) {
		this.directory = directory;
	}

	/**
	 * The charts of what most small clusters run.
	 * @param directory for them, made if need be
	 */
	public static UpstreamCharts in(Path directory) throws IOException {
		UpstreamCharts charts = new UpstreamCharts(directory);
		for (String chart : KNOWN) {
			charts.with(chart, read(chart, "values.yaml"), read(chart, "templates.yaml"));
		}
		return charts;
	}

	private static String read(String chart, String file) throws IOException {
		String name = "charts/%s/%s".formatted(chart, file);
		try (InputStream in = Objects.requireNonNull(UpstreamCharts.class.getResourceAsStream(name), name)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/**
	 * Adds a chart, or replaces one.
	 * @param values its defaults, in YAML
	 * @param templates what Helm renders
	 */
	public UpstreamCharts with(String chart, String values, String templates) throws IOException {
		Path folder = directory.resolve(chart);
		Files.createDirectories(folder.resolve("templates"));
		Files.writeString(folder.resolve("Chart.yaml"), "{apiVersion: v2, name: %s, version: 0.0.0}\n".formatted(chart),
				StandardCharsets.UTF_8);
		Files.writeString(folder.resolve("values.yaml"), values, StandardCharsets.UTF_8);
		Files.writeString(folder.resolve("templates/all.yaml"), templates, StandardCharsets.UTF_8);
		charts.put(chart, folder);
		return this;
	}

	Path find(String chart) throws IOException {
		Path found = charts.get(chart);
		if (found == null) {
			throw new IOException("chart \"%s\" is not known here".formatted(chart));
		}
		return found;
	}

}
