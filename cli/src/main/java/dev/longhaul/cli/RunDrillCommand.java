package dev.longhaul.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;

import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.cli.RestoreSourceOption.Source;
import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.option.TimeOption;
import dev.longhaul.cli.progress.RestoreProgress;
import dev.longhaul.cli.render.DrillJson;
import dev.longhaul.cli.render.DrillText;
import dev.longhaul.cli.terminal.Prompt;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.job.DrillBudget;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.restore.choice.Wanted;
import dev.longhaul.restore.drill.Drill;
import dev.longhaul.restore.drill.DrillPlan;
import dev.longhaul.restore.drill.DrillReport;
import dev.longhaul.restore.drill.ThrowAwayRemoval;
import dev.longhaul.restore.run.RestoreJournal;
import dev.longhaul.restore.run.RestoreRun;
import dev.longhaul.restore.run.RestoreSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul restore drill run}.
 */
@Command(name = "run", header = "Restore an application into a throw-away namespace, start and check it, remove all.",
		description = { "",
				"The newest proven restore point becomes volumes of one replica each, in a namespace of its own, "
						+ "'longhaul-drill-' and the application's name. The Deployments and StatefulSets that use the claims "
						+ "now are copied there with one pod each, and the Services, Secrets and ConfigMaps that they "
						+ "need. A NetworkPolicy keeps them from everybody else. When they are ready, the application "
						+ "is checked; then everything is removed, whatever came of it. What is in use is only read.",
				"",
				"Killed, it leaves the namespace; the next drill of that application, or 'longhaul restore drill "
						+ "sweep', removes it. The RTO that is told is this cluster's, with its images at hand.",
				"" },
		footerHeading = "%nExamples:%n",
		footer = {
				"  longhaul restore drill run --target s3://longhorn-backups@eu-central-003/longhorn --application wiki "
						+ "--kubeconfig k3s.yaml",
				"  longhaul restore drill run --kit kit.age --application wiki --kubeconfig k3s.yaml --output json" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:it started, and no check failed", "1:it started, and a check failed",
				"2:wrong usage, or nothing can be rehearsed",
				"3:it did not start, or something of it could not be removed", "4:interrupted" })
final class RunDrillCommand implements Callable<Integer> {

	private static final long KIBIBYTES = 1024L * 1024;

	private final Surroundings surroundings;

	private final TargetOpener targets;

	private final Prompt prompt;

	@Option(names = "--target", paramLabel = "URL",
			description = "The backup target: s3://bucket@region/path as Longhorn has it. Default: the kit's.")
	private @Nullable TargetUrl target;

	@Option(names = "--application", paramLabel = "NAME", required = true, description = "The one that is rehearsed.")
	private @Nullable ApplicationName application;

	@Option(names = "--as-of", paramLabel = "INSTANT",
			description = "Nothing newer than that, such as 2026-11-20T00:00:00Z.")
	private @Nullable Instant asOf;

	@Option(names = "--wait", paramLabel = "MINUTES", defaultValue = "10",
			description = "How long its pods may take until they are ready. Default: ${DEFAULT-VALUE}.")
	private int minutes = 10;

	@Option(names = "--most-gib", paramLabel = "GIB", defaultValue = "100",
			description = "What may be downloaded at most. Default: ${DEFAULT-VALUE}.")
	private int mostDownloaded = 100;

	@Option(names = "--largest-gib", paramLabel = "GIB", defaultValue = "100",
			description = "The largest volume that may be made. Default: ${DEFAULT-VALUE}.")
	private int largestVolume = 100;

	@Mixin
	private final RestoreIntoOption into = new RestoreIntoOption();

	@Mixin
	private final FormatOption format = new FormatOption();

	@Mixin
	private final TimeOption time = new TimeOption();

	RunDrillCommand(Surroundings surroundings, TargetOpener targets, Prompt prompt) {
		this.surroundings = surroundings;
		this.targets = targets;
		this.prompt = prompt;
	}

	@Override
	public Integer call() {
		Source source = into.source(target, surroundings, prompt);
		DrillPlan plan = plan(source);
		DrillReport report = into.with(plan.restore(), (source.kit() != null) ? source : null, surroundings, targets,
				(there, settings) -> drill(plan, there, settings));
		if (format.isJson()) {
			DrillJson.write(report, surroundings.output());
		}
		else {
			surroundings.output().print(new DrillText(time.page(plan.restore().target(), surroundings)).render(report));
		}
		return status(report).code();
	}

	private DrillPlan plan(Source source) {
		if (minutes < 0 || mostDownloaded < 0 || largestVolume < 0) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "a drill cannot take less than nothing",
					"longhaul restore drill run --help shows how it is used");
		}
		Wanted wanted = new Wanted(Set.of(Objects.requireNonNull(application)), asOf, null);
		return DrillPlan.of(new RestorePlanning(surroundings, targets).choose(source, wanted), source.url().toString(),
				Integer.parseInt(RestorePlanning.USUAL_MEGABITS), budget());
	}

	private DrillBudget budget() {
		return new DrillBudget(ofGibibytes(mostDownloaded), ofGibibytes(largestVolume), Duration.ofMinutes(minutes));
	}

	private static ByteSize ofGibibytes(int gibibytes) {
		return ByteSize.ofKibibytes(gibibytes * KIBIBYTES);
	}

	private DrillReport drill(DrillPlan plan, LonghornConnection there, RestoreSettings settings) {
		try (RestoreProgress progress = new RestoreProgress(surroundings, plan.restore().volumes().size())) {
			RestoreRun volumes = new RestoreRun(plan.restore(), there.cluster(), there.restores(), settings,
					RestoreJournal.UNKEPT, progress, surroundings.clock(), surroundings.pause());
			return new Drill(plan, volumes,
					new Drill.Ports(there.throwAwayNamespaces(), there.workloads(), there.deployedClaims(),
							there.waitingPods()),
					budget().start(), removal(there, surroundings), progress, surroundings.clock(),
					surroundings.pause())
				.run();
		}
	}

	static ThrowAwayRemoval removal(LonghornConnection there, Surroundings surroundings) {
		return new ThrowAwayRemoval(there.throwAwayNamespaces(), surroundings.clock(), surroundings.pause());
	}

	private static ExitStatus status(DrillReport report) {
		if (report.failure() != null || report.remains() != null) {
			return ExitStatus.UNAVAILABLE;
		}
		return report.isStarted() ? ExitStatus.PROVEN : ExitStatus.DAMAGE;
	}

}
