package dev.longhaul.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.Volume;
import dev.longhaul.core.workload.DeployedClaim;
import dev.longhaul.gitops.appofapps.AddLonghaul;
import dev.longhaul.gitops.appofapps.ChartVersion;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul gitops init}.
 */
@Command(name = "init", header = "Add Longhaul to an app-of-apps.", description = { "",
		"Adds an entry to the list in apps/values.yaml, written like its neighbour, and a folder longhaul/ with "
				+ "values, the applications whose volumes the values files of the repository name, and a first "
				+ "night. With --kubeconfig the applications are those whose volumes the cluster has, each with a "
				+ "profile if it is known by its image, and only what is not deployed is taken from the repository. "
				+ "What is there already stays as it is. A clone is changed and nothing committed; with "
				+ "--url it is one commit, as 'longhaul jobs put' makes it.",
		"" }, footerHeading = "%nExamples:%n",
		footer = { "  longhaul gitops init --repo . --dry-run",
				"  longhaul gitops init --repo . --kubeconfig ~/.kube/config",
				"  longhaul gitops init --url https://gitea.example.org/me/homelab.git" })
final class InitGitopsCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	@Option(names = "--repo", paramLabel = "DIR", description = "A clone of the repository, instead of --url.")
	private @Nullable Path clone;

	@Option(names = "--chart-repository", paramLabel = "URL", defaultValue = "https://longhaul.dev/charts",
			description = "Where Argo CD finds Longhaul's chart. Default: ${DEFAULT-VALUE}.")
	private String chartRepository = "";

	@Option(names = "--chart-version", paramLabel = "VERSION",
			description = "Of that chart. Default: the version of this program.")
	private @Nullable String chartVersion;

	@Mixin
	private final ClusterOption cluster = new ClusterOption();

	@Mixin
	private final ChangeOption change = new ChangeOption();

	InitGitopsCommand(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	@Override
	public Integer call() {
		AddLonghaul add = new AddLonghaul(chart(), deployed());
		return (clone != null) ? change.applyTo(clone, add, surroundings) : change.apply(add, surroundings);
	}

	/** None if no cluster is named. */
	private List<DeployedClaim> deployed() {
		Optional<LonghornConnection> opened = cluster.open(surroundings);
		if (opened.isEmpty()) {
			return List.of();
		}
		try (LonghornConnection there = opened.get()) {
			Set<ClaimRef> onLonghorn = there.cluster()
				.volumes()
				.stream()
				.map(Volume::claim)
				.filter(Objects::nonNull)
				.collect(Collectors.toSet());
			return onLonghorn.stream()
				.map(ClaimRef::namespace)
				.distinct()
				.sorted()
				.flatMap(namespace -> there.deployedClaims().deployedClaims(namespace).stream())
				.filter(claim -> onLonghorn.contains(claim.ref()))
				.toList();
		}
	}

	private ChartVersion chart() {
		try {
			String version = (chartVersion != null) ? chartVersion : Version.number();
			return new ChartVersion(chartRepository, version.replace("-SNAPSHOT", ""));
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, String.valueOf(ex.getMessage()),
					"'longhaul gitops init --help' shows how it is used", ex);
		}
	}

}
