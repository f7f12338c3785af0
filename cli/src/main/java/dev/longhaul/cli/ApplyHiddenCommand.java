package dev.longhaul.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.hidden.HiddenPlan;
import dev.longhaul.backupstore.hidden.HiddenRemoval;
import dev.longhaul.backupstore.hidden.HiddenVersions;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.VersionedStore;
import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.render.HiddenJson;
import dev.longhaul.cli.render.HiddenText;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul retention hidden apply}.
 */
@Command(name = "apply", header = "Delete for good what an approved plan for hidden versions says.", description = { "",
		"Plans anew, and goes on only if that is the plan that was approved. Each version is deleted by its own id, and "
				+ "counted once a listing shows it no more. What is present is never touched. There is no way back. May "
				+ "be stopped at any moment; then plan again.",
		"" }, footerHeading = "%nExamples:%n",
		footer = { "  longhaul retention hidden apply s3://longhorn-backups@eu-central-003/longhorn --approve 3f0c…" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:all that was to go is gone", "1:the same, and something that a backup needs is hidden",
				"2:wrong usage, or the plan is not the one that was approved",
				"3:something could not be reached, or did not go", "4:interrupted" })
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without it
final class ApplyHiddenCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final TargetOpener targets;

	@Mixin
	private final TargetParameter target = new TargetParameter();

	@Option(names = "--approve", paramLabel = "HASH", required = true,
			description = "The plan, as 'longhaul retention hidden plan' prints it.")
	private String approved;

	@Mixin
	private final HiddenForOption hiddenFor = new HiddenForOption();

	@Mixin
	private final FormatOption format = new FormatOption();

	ApplyHiddenCommand(Surroundings surroundings, TargetOpener targets) {
		this.surroundings = surroundings;
		this.targets = targets;
	}

	@Override
	public Integer call() {
		return targets.with(target.url(), surroundings.environment(), this::apply).code();
	}

	private ExitStatus apply(ObjectStore store, BackupstoreLayout layout) {
		VersionedStore versioned = VersionedStore.of(store);
		HiddenVersions hidden = new HiddenVersions(versioned, layout, surroundings.pause());
		HiddenPlan plan = hidden.plan(target.url().toString(),
				hiddenFor.before(versioned, surroundings.clock().instant()));
		HiddenText text = new HiddenText(surroundings.style());
		Consumer<HiddenRemoval> told = removal -> surroundings.output().print(text.line(removal));
		List<HiddenRemoval> removals = hidden.remove(plan.approve(approved), format.isJson() ? removal -> {
		} : told);
		if (format.isJson()) {
			HiddenJson.write(plan, removals, surroundings.output());
		}
		else {
			surroundings.output().print(text.summary(plan, removals));
		}
		if (!removals.stream().allMatch(HiddenRemoval::isComplete)) {
			return ExitStatus.UNAVAILABLE;
		}
		return plan.showsDamage() ? ExitStatus.DAMAGE : ExitStatus.PROVEN;
	}

}
