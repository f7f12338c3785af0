package dev.longhaul.cli;

import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.gitops.drift.InCluster;
import dev.longhaul.gitops.recurring.ImportRecurringJobs;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code longhaul jobs import}.
 */
@Command(name = "import", header = "Turn Longhorn's RecurringJobs into definitions.", description = { "",
		"Declares a BackupJob for every RecurringJob of the cluster that takes snapshots or backups, over the "
				+ "applications whose volumes it works on. What was imported once stays as it was edited since. The "
				+ "RecurringJobs themselves are not touched: take them away after the first proven night. A clone is "
				+ "changed and nothing committed; with --url it is one commit, as 'longhaul jobs put' makes it.",
		"" }, footerHeading = "%nExamples:%n",
		footer = { "  longhaul jobs import --kubeconfig ~/.kube/config --repo . --dry-run",
				"  longhaul jobs import backup-all --kubeconfig ~/.kube/config --time-zone Europe/Berlin", "",
				"Exit codes: 0 they are there, 2 it was refused and nothing was changed, 3 the cluster or the Git "
						+ "server could not be reached." })
final class ImportJobsCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	@Parameters(arity = "0..*", paramLabel = "NAME",
			description = "RecurringJobs. Default: all that take snapshots or backups.")
	private List<String> names = List.of();

	@Mixin
	private final ClusterOption cluster = new ClusterOption();

	@Option(names = "--time-zone", paramLabel = "ZONE",
			description = "Whose clock the kube-controller-manager goes by, such as Europe/Berlin: UTC in most clusters, "
					+ "that of the server's host with k3s. Default: UTC.")
	private ZoneId zone = ZoneOffset.UTC;

	@Option(names = "--repo", paramLabel = "DIR", description = "A clone of the repository, instead of --url.")
	private @Nullable Path clone;

	@Mixin
	private final ChangeOption change = new ChangeOption();

	ImportJobsCommand(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	@Override
	public Integer call() {
		ImportRecurringJobs imported = new ImportRecurringJobs(look(), Set.copyOf(names), zone);
		return (clone != null) ? change.applyTo(clone, imported, surroundings) : change.apply(imported, surroundings);
	}

	private InCluster look() {
		try (LonghornConnection there = cluster.open(surroundings).orElseThrow(ImportJobsCommand::withoutCluster)) {
			return InCluster.look(there.cluster(), there.recurringJobs(), there.quietRecords(), Definitions.NONE);
		}
	}

	private static RefusedRequest withoutCluster() {
		return new RefusedRequest(FailureCode.INVALID_USAGE, "nothing says whose RecurringJobs to import",
				"name the cluster with --kubeconfig");
	}

}
