package dev.longhaul.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.render.DefinitionsText;
import dev.longhaul.cli.render.DriftJson;
import dev.longhaul.cli.render.DriftText;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.gitops.change.WorkTree;
import dev.longhaul.gitops.definition.DefinitionFile;
import dev.longhaul.gitops.definition.DefinitionReader;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.gitops.definition.ReadResult;
import dev.longhaul.gitops.drift.Drift;
import dev.longhaul.gitops.drift.DriftCheck;
import dev.longhaul.gitops.drift.InCluster;
import dev.longhaul.gitops.drift.Places;
import dev.longhaul.gitops.drift.Source;
import dev.longhaul.gitops.repository.RepositoryWriter;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul jobs diff}.
 */
@Command(name = "diff", header = "Say what runs and is not in Git, and the reverse.", description = { "",
		"Compares applications and jobs as they are declared with the cluster (--kubeconfig) and the nights in a "
				+ "target (--target): RecurringJobs of Longhorn on the same volumes, volumes that no application "
				+ "holds, nights of jobs that nobody declares; jobs that are suspended, never due or overdue, and "
				+ "applications that match nothing. Changes nothing. What it could not ask is said to be so.",
		"" }, footerHeading = "%nExamples:%n",
		footer = { "  longhaul jobs diff --repo . --kubeconfig ~/.kube/config",
				"  longhaul jobs diff --url https://gitea.example.org/me/homelab.git --kubeconfig ~/.kube/config \\",
				"      --target s3://longhorn-backups@eu-central-003/longhorn" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:no drift in what was looked at", "1:drift",
				"2:wrong usage, or a mistake in the definitions",
				"3:the repository, the cluster or the target could not be reached or refused" })
final class DiffJobsCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final TargetOpener targets;

	@Option(names = "--repo", paramLabel = "DIR", description = "A clone of the repository, instead of --url.")
	private @Nullable Path clone;

	@Mixin
	private final RepositoryOption repository = new RepositoryOption();

	@Mixin
	private final ClusterOption cluster = new ClusterOption();

	@Option(names = "--target", paramLabel = "URL", description = "Where nights are recorded.")
	private @Nullable TargetUrl target;

	@Mixin
	private final FormatOption format = new FormatOption();

	DiffJobsCommand(Surroundings surroundings, TargetOpener targets) {
		this.surroundings = surroundings;
		this.targets = targets;
	}

	@Override
	public Integer call() {
		List<DefinitionFile> files = files();
		ReadResult result = DefinitionReader.read(files);
		if (result instanceof ReadResult.Refused refused) {
			surroundings.errors().print(DefinitionsText.refused(refused));
			surroundings.errors().flush();
			return ExitStatus.USAGE.code();
		}
		Drift drift = compare(((ReadResult.Sound) result).definitions(), Places.in(files));
		if (format.isJson()) {
			DriftJson.write(drift, surroundings.output());
		}
		else {
			surroundings.output()
				.print(new DriftText(surroundings.style(), surroundings.terminal().width()).render(drift));
		}
		return (drift.isDrift() ? ExitStatus.DAMAGE : ExitStatus.PROVEN).code();
	}

	private List<DefinitionFile> files() {
		if (clone == null) {
			try (RepositoryWriter remote = repository.open(repository.source(surroundings), surroundings)) {
				return remote.read();
			}
		}
		if (repository.isNamed()) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "--repo and --url are two repositories",
					"name the one that is to be compared");
		}
		return new WorkTree(clone).definitions();
	}

	private Drift compare(Definitions declared, Places places) {
		Instant now = surroundings.clock().instant();
		DriftCheck check = new DriftCheck(declared, places, now);
		Optional<LonghornConnection> opened = cluster.open(surroundings);
		if (opened.isPresent()) {
			try (LonghornConnection there = opened.get()) {
				check.againstCluster(
						InCluster.look(there.cluster(), there.recurringJobs(), there.quietRecords(), declared));
			}
		}
		else {
			check.without(Source.CLUSTER, "--kubeconfig names no cluster");
		}
		if (target != null) {
			check.againstNights(targets.with(target, surroundings.environment(),
					(store, layout) -> new RunCatalog(store, layout, surroundings.pause(), Seal.none()).nights()));
		}
		else {
			check.without(Source.TARGET, "--target names no place with nights");
		}
		return check.drift();
	}

}
