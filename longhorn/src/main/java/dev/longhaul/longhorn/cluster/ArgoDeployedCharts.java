package dev.longhaul.longhorn.cluster;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.longhaul.core.cluster.DeployedCharts;
import dev.longhaul.core.workload.DeployedChart;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads Argo CD's Applications. What is not as it should be in one is left out: the
 * versions help whoever builds the cluster anew, and nothing is decided by them.
 */
final class ArgoDeployedCharts implements DeployedCharts {

	private static final ResourceDefinitionContext DEPLOYMENT = ResourceDefinitionContext
		.fromResourceType(Deployment.class);

	/** Of the chart that Argo CD itself is installed with. */
	private static final String ARGO = "argo-cd";

	private static final Pattern CHART = Pattern.compile("(argo-cd)-(v?[0-9]+\\.[0-9]+\\.[0-9]+.*)");

	/** An app-of-apps has some dozens. */
	private static final int MOST = 500;

	private final LonghornApi api;

	ArgoDeployedCharts(KubernetesClient client, String namespace, Clock clock) {
		this.api = new LonghornApi(client, namespace, clock);
	}

	@Override
	public List<DeployedChart> charts(String namespace) {
		Optional<List<GenericKubernetesResource>> applications = api.listIfServed(ArgoCdApplications.APPLICATION,
				namespace);
		if (applications.isEmpty()) {
			return List.of();
		}
		return Stream.concat(argo(namespace).stream(), applications.get().stream().flatMap(ArgoDeployedCharts::charts))
			.sorted(Comparator.comparing(DeployedChart::application).thenComparing(DeployedChart::chart))
			.distinct()
			.limit(MOST)
			.toList();
	}

	/** By Helm's own label on what it installed. */
	private Optional<DeployedChart> argo(String namespace) {
		return api.listIfServed(DEPLOYMENT, namespace)
			.orElse(List.of())
			.stream()
			.map(deployment -> CHART.matcher(Wire.label(deployment, "helm.sh/chart")))
			.filter(Matcher::matches)
			.map(chart -> new DeployedChart("argocd", ARGO, "", ServerText.oneLine(chart.group(2))))
			.findFirst();
	}

	private static Stream<DeployedChart> charts(GenericKubernetesResource application) {
		Object spec = application.getAdditionalProperties().get("spec");
		Object sync = Tree.field(application.getAdditionalProperties().get("status"), "sync");
		List<DeployedChart> charts = new ArrayList<>();
		if (Tree.field(spec, "sources") instanceof List<?> sources) {
			Object revisions = Tree.field(sync, "revisions");
			for (int i = 0; i < sources.size(); i++) {
				Object revision = (revisions instanceof List<?> list && i < list.size()) ? list.get(i) : null;
				chart(application, sources.get(i), revision).ifPresent(charts::add);
			}
		}
		else {
			chart(application, Tree.field(spec, "source"), Tree.field(sync, "revision")).ifPresent(charts::add);
		}
		return charts.stream();
	}

	/**
	 * @param revision that Argo CD has resolved: the declared one may be a range
	 */
	private static Optional<DeployedChart> chart(GenericKubernetesResource application, @Nullable Object source,
			@Nullable Object revision) {
		String declared = Tree.text(source, "targetRevision");
		try {
			return Optional.of(new DeployedChart(ServerText.oneLine(Wire.name(application)), Tree.text(source, "chart"),
					Tree.text(source, "repoURL"), Wire.either(Tree.text(revision), declared)));
		}
		catch (IllegalArgumentException ex) {
			// Not of a chart, or nothing that could be installed again.
			return Optional.empty();
		}
	}

}
