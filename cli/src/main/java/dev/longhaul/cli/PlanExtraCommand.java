package dev.longhaul.cli;

import java.util.concurrent.Callable;

import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.render.ExtraJson;
import dev.longhaul.cli.render.ExtraText;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.extra.ExtraPlan;
import dev.longhaul.core.failure.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code longhaul extra plan}.
 */
@Command(name = "plan", header = "Say which backups that only a mirror has may go, each with its reasons.",
		description = { "",
				"Lists both sides and decides by the time for which runs of 'longhaul mirror' have missed a backup in "
						+ "the source. Removes nothing. The plan has a hash; 'longhaul extra apply' carries out the plan "
						+ "whose hash it is given, and no other.",
				"" },
		footerHeading = "%nExamples:%n",
		footer = {
				"  longhaul extra plan s3://longhorn-backups@eu-central-003/longhorn file:///mnt/nas/longhorn --repo .",
				"  longhaul extra plan file:///mnt/nas file:///mnt/usb --no-pins --after 60d --output json" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:planned", "1:a record in the mirror is not believed, so nothing may go", "2:wrong usage",
				"3:a side could not be reached or refused" })
final class PlanExtraCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final TargetOpener targets;

	@Mixin
	private final MirrorEnds ends = new MirrorEnds();

	@Mixin
	private final ExtraPlans plans = new ExtraPlans();

	@Mixin
	private final FormatOption format = new FormatOption();

	PlanExtraCommand(Surroundings surroundings, TargetOpener targets) {
		this.surroundings = surroundings;
		this.targets = targets;
	}

	@Override
	public Integer call() {
		ExtraPlan plan = ends.with(surroundings, targets, (from, to) -> plans.plan(from, to, surroundings));
		if (format.isJson()) {
			ExtraJson.write(plan, surroundings.output());
		}
		else {
			surroundings.output()
				.print(new ExtraText(surroundings.style(), surroundings.terminal().width()).render(plan));
			plans.note(surroundings);
		}
		return ExitStatus.PROVEN.code();
	}

}
