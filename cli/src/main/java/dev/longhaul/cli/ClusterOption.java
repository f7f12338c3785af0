package dev.longhaul.cli;

import java.nio.file.Path;
import java.util.Optional;

import dev.longhaul.cli.chart.HelmInstaller;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import dev.longhaul.restore.bootstrap.ChartInstaller;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The cluster that a command asks.
 */
final class ClusterOption {

	@Option(names = "--kubeconfig", paramLabel = "FILE", description = "The cluster's kubeconfig.")
	private @Nullable Path kubeconfig;

	@Option(names = "--context", paramLabel = "NAME", description = "In it. Default: its current one.")
	private @Nullable String context;

	@Option(names = "--longhorn-namespace", paramLabel = "NAME", defaultValue = "longhorn-system",
			description = "Where Longhorn is installed. Default: ${DEFAULT-VALUE}.")
	private String namespace = "longhorn-system";

	/** Where Longhorn is installed. */
	String namespace() {
		return namespace;
	}

	/**
	 * Installs charts in it. Connects to nothing yet.
	 * @param local instead of what a repository has; null for that
	 * @throws RefusedRequest if no cluster is named
	 */
	ChartInstaller charts(@Nullable Path local, Surroundings surroundings) {
		if (kubeconfig == null) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "nothing says in which cluster charts are installed",
					"name its kubeconfig with --kubeconfig");
		}
		return new HelmInstaller(kubeconfig, context, local, surroundings.clock());
	}

	/** Connects to nothing yet; empty if no cluster is named. */
	Optional<LonghornConnection> open(Surroundings surroundings) {
		return Optional.ofNullable(kubeconfig)
			.map(file -> LonghornConnection.fromKubeconfig(file, context, CredentialPlugins.RUN, namespace,
					surroundings.clock()));
	}

}
