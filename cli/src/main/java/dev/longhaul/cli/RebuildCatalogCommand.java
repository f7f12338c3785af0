package dev.longhaul.cli;

import java.util.concurrent.Callable;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.option.TimeOption;
import dev.longhaul.cli.render.RecordedJson;
import dev.longhaul.cli.render.RecordedText;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.run.Recorded;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code longhaul catalog rebuild}.
 */
@Command(name = "rebuild", header = "Rebuild the catalogue of restore points from the bucket alone.",
		description = { "",
				"Reads what every night has recorded beside Longhorn's data: its restore points, what reading them "
						+ "back has proven, and the verdict. Needs neither the cluster nor the database. With --trust "
						+ "only what is signed by one of the keys is believed; whatever was changed, copied from "
						+ "another night or put back in an older version is refused and named.",
				"" },
		footerHeading = "%nExamples:%n",
		footer = { "  longhaul catalog rebuild s3://longhorn-backups@eu-central-003/longhorn --trust longhaul.pub",
				"  longhaul catalog rebuild file:///mnt/nas --output json | jq '.applications[].verdict'" },
		exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:everything that is recorded is believed",
				"1:something is not believed", "2:wrong usage", "3:the target could not be reached or refused" })
final class RebuildCatalogCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final TargetOpener targets;

	@Mixin
	private final TargetParameter target = new TargetParameter();

	@Mixin
	private final TrustOption trust = new TrustOption();

	@Mixin
	private final FormatOption format = new FormatOption();

	@Mixin
	private final TimeOption time = new TimeOption();

	RebuildCatalogCommand(Surroundings surroundings, TargetOpener targets) {
		this.surroundings = surroundings;
		this.targets = targets;
	}

	@Override
	public Integer call() {
		Seal seal = trust.seal();
		Recorded recorded = targets.with(target.url(), surroundings.environment(),
				(store, layout) -> new RunCatalog(store, layout, surroundings.pause(), seal).readAll());
		if (format.isJson()) {
			new RecordedJson(target.url().toString()).write(recorded, surroundings.output());
		}
		else {
			surroundings.output().print(new RecordedText(time.page(target.url(), surroundings)).render(recorded));
			trust.note(surroundings.errors());
		}
		return (recorded.refusals().isEmpty() ? ExitStatus.PROVEN : ExitStatus.DAMAGE).code();
	}

}
