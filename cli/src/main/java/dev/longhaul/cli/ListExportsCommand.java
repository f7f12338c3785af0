package dev.longhaul.cli;

import java.util.Map;
import java.util.concurrent.Callable;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.option.TimeOption;
import dev.longhaul.cli.render.ListedExports;
import dev.longhaul.cli.render.RecordedExportsJson;
import dev.longhaul.cli.render.RecordedExportsText;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.volume.ByteSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code longhaul exports list}.
 */
@Command(name = "list", header = "Show which exports the bucket holds, and who can read them.", description = { "",
		"Reads what nights have recorded, of the newest 2000 at most, and lists what of it is still in the bucket. "
				+ "Needs neither the cluster nor an identity.",
		"" }, footerHeading = "%nExamples:%n",
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
		ListedExports listed = targets.with(target.url(), surroundings.environment(),
				(store, layout) -> list(store, layout, seal));
		if (format.isJson()) {
			new RecordedExportsJson(target.url().toString()).write(listed, surroundings.output());
		}
		else {
			surroundings.output().print(new RecordedExportsText(time.page(target.url(), surroundings)).render(listed));
			trust.note(surroundings.errors());
		}
		return (listed.recorded().refusals().isEmpty() ? ExitStatus.PROVEN : ExitStatus.DAMAGE).code();
	}

	private ListedExports list(StreamingStore store, BackupstoreLayout layout, Seal seal) {
		ExportArchive archive = new ExportArchive(store, layout, surroundings.pause(), surroundings.clock());
		Map<String, ByteSize> sizes = archive.sizes();
		return ListedExports.of(new RunCatalog(store, layout, surroundings.pause(), seal).readAllExports(),
				kept -> kept.export()
					.stored()
					.size()
					.equals(sizes.get(archive.key(kept.night(), kept.application(), kept.export()))));
	}

}
