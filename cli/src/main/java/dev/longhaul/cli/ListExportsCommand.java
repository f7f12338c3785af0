package dev.longhaul.cli;

import java.util.concurrent.Callable;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.cli.render.RecordedExportsJson;
import dev.longhaul.cli.render.RecordedExportsText;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.run.RecordedExports;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code longhaul exports list}.
 */
@Command(name = "list", header = "Show which exports the bucket holds, and who can read them.",
		description = { "", "Reads what nights have recorded. Needs neither the cluster nor an identity.", "" },
		footerHeading = "%nExamples:%n",
		footer = { "  longhaul exports list s3://longhorn-backups@eu-central-003/longhorn",
				"  longhaul exports list file:///mnt/nas --output json | jq '.exports[].recipients'" },
		exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:everything that is recorded is believed",
				"1:something is not believed", "2:wrong usage", "3:the target could not be reached or refused" })
final class ListExportsCommand implements Callable<Integer> {

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

	ListExportsCommand(Surroundings surroundings, TargetOpener targets) {
		this.surroundings = surroundings;
		this.targets = targets;
	}

	@Override
	public Integer call() {
		Seal seal = trust.seal();
		RecordedExports recorded = targets.with(target.url(), surroundings.environment(),
				(store, layout) -> new RunCatalog(store, layout, surroundings.pause(), seal).readAllExports());
		if (format.isJson()) {
			new RecordedExportsJson(target.url().toString()).write(recorded, surroundings.output());
		}
		else {
			surroundings.output()
				.print(new RecordedExportsText(time.page(target.url(), surroundings)).render(recorded));
			trust.note(surroundings.errors());
		}
		return (recorded.refusals().isEmpty() ? ExitStatus.PROVEN : ExitStatus.DAMAGE).code();
	}

}
