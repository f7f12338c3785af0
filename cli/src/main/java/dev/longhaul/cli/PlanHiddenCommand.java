package dev.longhaul.cli;

import java.util.concurrent.Callable;

import dev.longhaul.backupstore.hidden.HiddenPlan;
import dev.longhaul.backupstore.hidden.HiddenVersions;
import dev.longhaul.backupstore.object.VersionedStore;
import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.render.HiddenJson;
import dev.longhaul.cli.render.HiddenText;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code longhaul retention hidden plan}.
 */
@Command(name = "plan", header = "Say which hidden versions would go for good, and which stay, with the reasons.",
		description = { "",
				"On a bucket that keeps versions, as every one of Backblaze B2 does, what Longhorn deletes is only hidden, "
						+ "and billed. Lists all versions in the folders of volumes and reads the manifests of all "
						+ "backups. Deletes nothing. What a backup needs and is hidden is damage; it is named, with the "
						+ "version that brings it back.",
				"" },
		footerHeading = "%nExamples:%n",
		footer = { "  longhaul retention hidden plan s3://longhorn-backups@eu-central-003/longhorn",
				"  longhaul retention hidden plan s3://longhorn-backups@eu-central-003/ --hidden-for 6w --output json" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:planned", "1:planned, and something that a backup needs is hidden", "2:wrong usage",
				"3:the target could not be reached or refused" })
final class PlanHiddenCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final TargetOpener targets;

	@Mixin
	private final TargetParameter target = new TargetParameter();

	@Mixin
	private final HiddenForOption hiddenFor = new HiddenForOption();

	@Mixin
	private final FormatOption format = new FormatOption();

	PlanHiddenCommand(Surroundings surroundings, TargetOpener targets) {
		this.surroundings = surroundings;
		this.targets = targets;
	}

	@Override
	public Integer call() {
		HiddenPlan plan = targets.with(target.url(), surroundings.environment(), (store, layout) -> {
			VersionedStore versioned = VersionedStore.of(store);
			return new HiddenVersions(versioned, layout, surroundings.pause()).plan(target.url().toString(),
					hiddenFor.before(versioned, surroundings.clock().instant()));
		});
		if (format.isJson()) {
			HiddenJson.write(plan, surroundings.output());
		}
		else {
			surroundings.output().print(new HiddenText(surroundings.style()).render(plan));
		}
		return (plan.showsDamage() ? ExitStatus.DAMAGE : ExitStatus.PROVEN).code();
	}

}
