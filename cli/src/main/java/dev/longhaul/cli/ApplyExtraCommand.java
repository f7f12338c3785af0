package dev.longhaul.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import dev.longhaul.backupstore.mirror.ExtraRemoval;
import dev.longhaul.backupstore.mirror.RemovedExtra;
import dev.longhaul.backupstore.mirror.Side;
import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.render.ExtraJson;
import dev.longhaul.cli.render.ExtraText;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.extra.ApprovedExtra;
import dev.longhaul.core.failure.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul extra apply}.
 */
@Command(name = "apply", header = "Remove from a mirror what an approved plan says.",
		description = { "",
				"Plans anew, and goes on only if that is the plan that was approved. Each volume is locked as Longhorn "
						+ "locks it for a deletion; manifests go first, then the blocks that no other backup names. "
						+ "Writes nothing to the source. May be stopped at any moment; then plan again.",
				"" },
		footerHeading = "%nExamples:%n",
		footer = { "  longhaul extra apply s3://longhorn-backups@eu-central-003/longhorn file:///mnt/nas/longhorn \\%n"
				+ "      --repo . --approve 3f0c…" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:all that was to go is gone", "1:a record in the mirror is not believed, so nothing goes",
				"2:wrong usage, or the plan is not the one that was approved",
				"3:something could not be reached, was in use, or did not go", "4:interrupted" })
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without it
final class ApplyExtraCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final TargetOpener targets;

	@Mixin
	private final MirrorEnds ends = new MirrorEnds();

	@Option(names = "--approve", paramLabel = "HASH", required = true,
			description = "The plan, as 'longhaul extra plan' prints it.")
	private String approved;

	@Mixin
	private final ExtraPlans plans = new ExtraPlans();

	@Mixin
	private final FormatOption format = new FormatOption();

	ApplyExtraCommand(Surroundings surroundings, TargetOpener targets) {
		this.surroundings = surroundings;
		this.targets = targets;
	}

	@Override
	public Integer call() {
		List<RemovedExtra> removed = ends.with(surroundings, targets, this::apply);
		if (format.isJson()) {
			ExtraJson.write(approved, removed, surroundings.output());
		}
		else {
			surroundings.output().print(removed.isEmpty() ? "nothing was to go\n" : "");
			plans.note(surroundings);
		}
		boolean complete = removed.stream().allMatch(volume -> volume.left() == null);
		return (complete ? ExitStatus.PROVEN : ExitStatus.UNAVAILABLE).code();
	}

	private List<RemovedExtra> apply(Side from, Side to) {
		ApprovedExtra plan = plans.plan(from, to, surroundings).approve(approved);
		return new ExtraRemoval(from, to, ExtraRemoval.Settings.USUAL, surroundings.clock(), surroundings.pause())
			.run(plan, told());
	}

	/** At once: whoever interrupts it wants to know how far it came. */
	private Consumer<RemovedExtra> told() {
		if (format.isJson()) {
			return volume -> {
			};
		}
		ExtraText text = new ExtraText(surroundings.style(), surroundings.terminal().width());
		return volume -> surroundings.output().print(text.line(volume));
	}

}
