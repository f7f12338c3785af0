package dev.longhaul.cli;

import java.nio.file.Path;
import java.util.Optional;

import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.longhorn.connection.CredentialPlugins;
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

	/** Connects to nothing yet; empty if no cluster is named. */
	Optional<LonghornConnection> open(Surroundings surroundings) {
		return Optional.ofNullable(kubeconfig)
			.map(file -> LonghornConnection.fromKubeconfig(file, context, CredentialPlugins.RUN, namespace,
					surroundings.clock()));
	}

}
