package dev.longhaul.cli.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.secret.Secret;

/**
 * Makes YAML of a chart on this machine, as {@code helm template} does.
 */
public final class RenderedChart {

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private static final String HOOK = "helm.sh/hook";

	/** Of the files of a chart, however deep. */
	private static final int MOST_FILES = 10_000;

	private static final int LARGEST_TEMPLATE = 1024 * 1024;

	private RenderedChart() {
	}

	/**
	 * @param chart a directory with a Chart.yaml
	 * @param namespace of the release
	 * @param values YAML, of which later ones win; none of it is repeated in a message
	 * @return may hold secrets
	 * @throws RefusedRequest if it cannot be rendered, with Helm's words, or has hooks or
	 * custom resources of its own, which nobody would bring
	 * @throws TransientFailure if it takes too long
	 */
	public static Secret render(Path chart, String namespace, List<String> values) {
		requireOnlyTemplates(chart);
		Redaction redaction = Redaction.of(values);
		HelmProcess.Outcome outcome = new HelmProcess(LIMIT)
			.run(new HelmOrder(HelmOrder.Verb.RENDER, "bootstrap", namespace, chart.toAbsolutePath().toString(), "", "",
					values.stream().map(Secret::of).toList(), Secret.of("")));
		if (!outcome.inTime()) {
			throw new TransientFailure(FailureCode.TIMED_OUT,
					"Helm has not rendered the chart '%s' within %d s".formatted(chart, LIMIT.toSeconds()),
					"try it: helm template %s".formatted(chart));
		}
		if (outcome.status() != 0) {
			throw HelmInstaller.refused(outcome, "the chart '%s'".formatted(chart), redaction);
		}
		byte[] rendered = outcome.answer().getBytes(StandardCharsets.UTF_8);
		if (rendered.length > Secret.LARGEST) {
			throw refused("the chart '%s' is rendered to more than %d KiB".formatted(chart, Secret.LARGEST / 1024),
					"leave in it what a cluster is begun with, and have Argo CD deploy the rest");
		}
		return Secret.of(rendered);
	}

	/** What Helm leaves out when it renders would be missing without a word. */
	private static void requireOnlyTemplates(Path chart) {
		try (Stream<Path> files = Files.walk(chart)) {
			List<Path> all = files.filter(Files::isRegularFile).limit(MOST_FILES).toList();
			for (Path file : all) {
				Path inside = chart.relativize(file);
				if (inside.startsWith("crds")) {
					throw refused("the chart '%s' has custom resources of its own, in %s".formatted(chart, inside),
							"have Argo CD deploy them, from a chart that is an Application");
				}
				if (inside.startsWith("templates") && Files.size(file) <= LARGEST_TEMPLATE
						&& new String(Files.readAllBytes(file), StandardCharsets.UTF_8).contains(HOOK)) {
					throw refused("the chart '%s' has a hook of Helm, in %s".formatted(chart, inside),
							"a restore creates objects and runs no hooks: make it an Application's, or leave it out");
				}
			}
		}
		catch (IOException | UncheckedIOException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"the chart '%s' cannot be read: %s".formatted(chart, ex),
					"name a directory with a Chart.yaml that is yours to read", ex);
		}
	}

	private static RefusedRequest refused(String fact, String hint) {
		return new RefusedRequest(FailureCode.INVALID_USAGE, fact, hint);
	}

}
