package dev.longhaul.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;

import dev.longhaul.cli.RestoreSourceOption.Source;
import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.option.TimeOption;
import dev.longhaul.cli.progress.RestoreProgress;
import dev.longhaul.cli.render.RestoreReportJson;
import dev.longhaul.cli.render.RestoreReportText;
import dev.longhaul.cli.terminal.Prompt;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.restore.plan.RestorePlan;
import dev.longhaul.restore.rebuild.RebuildReport;
import dev.longhaul.restore.run.JournalFile;
import dev.longhaul.restore.run.RestoreReport;
import dev.longhaul.restore.run.RestoreRun;
import dev.longhaul.restore.run.RestoreSettings;
import dev.longhaul.restore.run.StandbyRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul restore standby activate}.
 */
@Command(name = "activate", header = "Make volumes that stand by ones that can be used, and bind them to their claims.",
		description = { "",
				"Longhorn brings each to the newest backup of the bucket first, whichever the plan names; then "
						+ "PersistentVolumes and claims are made as 'longhaul restore run' makes them. The plan may be "
						+ "a newer one than that the volumes were made by. There is no way back: who wants the volume "
						+ "to follow again makes another. Stop what uses the original before.",
				"" },
		footerHeading = "%nExamples:%n",
		footer = { "  longhaul restore standby activate --plan vault.json --kubeconfig second-cluster.yaml" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:all of them can be used", "1:the plan was changed",
				"2:wrong usage, or a volume of the plan does not stand by, or a claim is in the way",
				"3:something could not be reached or restored; run it again", "4:interrupted" })
final class ActivateStandbyCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final TargetOpener targets;

	private final Prompt prompt;

	@Option(names = "--plan", paramLabel = "FILE", required = true,
			description = "Of the same volumes, as 'longhaul restore plan --output json' writes it.")
	private @Nullable Path plan;

	@Mixin
	private final RestoreIntoOption into = new RestoreIntoOption();

	@Option(names = "--journal", paramLabel = "FILE",
			description = "What was done and when, a JSON object a line. Default: beside the plan, with .journal.")
	private @Nullable Path journal;

	@Mixin
	private final FormatOption format = new FormatOption();

	@Mixin
	private final TimeOption time = new TimeOption();

	ActivateStandbyCommand(Surroundings surroundings, TargetOpener targets, Prompt prompt) {
		this.surroundings = surroundings;
		this.targets = targets;
		this.prompt = prompt;
	}

	@Override
	public Integer call() {
		RestorePlan planned = RestoreIntoOption.ofVolumes(plan);
		Source source = into.source(surroundings, prompt);
		if (source != null) {
			RestoreIntoOption.requireSame(planned, source);
		}
		RebuildReport report = RebuildReport.ofVolumes(into.with(planned, source, surroundings, targets,
				(there, settings) -> activate(planned, there, settings)));
		if (format.isJson()) {
			RestoreReportJson.write(report, surroundings.output());
		}
		else {
			surroundings.output()
				.print(new RestoreReportText(time.page(planned.target(), surroundings)).render(report));
		}
		return (report.isDone() ? ExitStatus.PROVEN : ExitStatus.UNAVAILABLE).code();
	}

	private RestoreReport activate(RestorePlan planned, LonghornConnection there, RestoreSettings settings) {
		try (JournalFile written = JournalFile
			.open((journal != null) ? journal : JournalFile.beside(Objects.requireNonNull(plan)));
				RestoreProgress progress = new RestoreProgress(surroundings, planned.volumes().size())) {
			new StandbyRun(planned, there.cluster(), there.restores(), settings, progress, surroundings.clock(),
					surroundings.pause())
				.activate();
			return new RestoreRun(planned, there.cluster(), there.restores(), settings, written, progress,
					surroundings.clock(), surroundings.pause())
				.run();
		}
	}

}
