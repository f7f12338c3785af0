package dev.longhaul.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import dev.longhaul.cli.RestoreSourceOption.Source;
import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.progress.RestoreProgress;
import dev.longhaul.cli.render.StandbyJson;
import dev.longhaul.cli.render.StandbyText;
import dev.longhaul.cli.terminal.Prompt;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.cluster.RestoredVolume;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.restore.plan.RestorePlan;
import dev.longhaul.restore.run.RestoreSettings;
import dev.longhaul.restore.run.StandbyRun;
import dev.longhaul.restore.run.VolumeOutcome;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul restore standby make}.
 */
@Command(name = "make", header = "Make the volumes of a plan, and have Longhorn keep them up to date.", description = {
		"",
		"Longhorn brings a volume that stands by to each newer backup of the bucket by itself, whether anybody has "
				+ "read that back or not. Nothing can use it until it is activated, and no claim is made. Usually in a "
				+ "second cluster; in the one that has the original, a plan with --to-namespace or --rename gives "
				+ "it a name of its own. Waits until each has all of a backup; may be killed at any moment.",
		"" }, footerHeading = "%nExamples:%n",
		footer = {
				"  longhaul restore plan --target s3://longhorn-backups@eu-central-003/longhorn --application vault "
						+ "--output json > vault.json",
				"  longhaul restore standby make --plan vault.json --kubeconfig second-cluster.yaml" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:all of them stand by", "1:the plan was changed",
				"2:wrong usage, or something stands where a volume would be made",
				"3:something could not be reached or restored; run it again", "4:interrupted" })
final class MakeStandbyCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final TargetOpener targets;

	private final Prompt prompt;

	@Option(names = "--plan", paramLabel = "FILE", required = true,
			description = "As 'longhaul restore plan --output json' writes it.")
	private @Nullable Path plan;

	@Mixin
	private final RestoreIntoOption into = new RestoreIntoOption();

	@Mixin
	private final FormatOption format = new FormatOption();

	MakeStandbyCommand(Surroundings surroundings, TargetOpener targets, Prompt prompt) {
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
		return into.with(planned, source, surroundings, targets, (there, settings) -> make(planned, there, settings));
	}

	private int make(RestorePlan planned, LonghornConnection there, RestoreSettings settings) {
		List<VolumeOutcome> outcomes = follow(planned, there, settings);
		List<RestoredVolume> standing = there.restores().standbyVolumes();
		if (format.isJson()) {
			StandbyJson.write(standing, outcomes, surroundings.output());
		}
		else {
			surroundings.output().print(new StandbyText(surroundings).render(standing, outcomes));
		}
		boolean whole = outcomes.stream().noneMatch(VolumeOutcome.Failed.class::isInstance);
		return (whole ? ExitStatus.PROVEN : ExitStatus.UNAVAILABLE).code();
	}

	private List<VolumeOutcome> follow(RestorePlan planned, LonghornConnection there, RestoreSettings settings) {
		try (RestoreProgress progress = new RestoreProgress(surroundings, planned.volumes().size())) {
			return new StandbyRun(planned, there.cluster(), there.restores(), settings, progress, surroundings.clock(),
					surroundings.pause())
				.follow();
		}
	}

}
