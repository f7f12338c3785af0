package dev.longhaul.cli;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.backupstore.verify.Selection;
import dev.longhaul.backupstore.verify.VerificationReport;
import dev.longhaul.backupstore.verify.Verifier;
import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.option.TimeOption;
import dev.longhaul.cli.progress.VerificationProgress;
import dev.longhaul.cli.render.VerificationJson;
import dev.longhaul.cli.render.VerificationText;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.volume.VolumeName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul verify}.
 */
@Command(name = "verify", header = "Read backups back and judge each one.", description = { "",
		"Reads every distinct block of the chosen backups once, decompresses it and compares its checksum. "
				+ "Only reads: a key that may list and read is enough. Longhorn may go on working meanwhile.",
		"" }, footerHeading = "%nExamples:%n",
		footer = { "  longhaul verify s3://longhorn-backups@eu-central-003/longhorn",
				"  longhaul verify file:///mnt/nas --volume pvc-3f1d8a52-7c64-4b0e-9a2f-1c5e8d7b6a90",
				"  longhaul verify file:///mnt/nas --output json | jq .summary" })
final class VerifyCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final TargetOpener targets;

	@Mixin
	private final TargetParameter target = new TargetParameter();

	@Option(names = "--volume", paramLabel = "VOLUME", description = "Only this volume. May be given several times.")
	private List<VolumeName> volumes = List.of();

	@Option(names = "--backup", paramLabel = "BACKUP", description = "Only this backup. May be given several times.")
	private List<BackupName> backups = List.of();

	@Option(names = "--concurrency", paramLabel = "N",
			description = "How many blocks to read at once, 1 to 256; fewer where memory does not allow it. Default: 8.")
	private Concurrency concurrency = Concurrency.DEFAULT;

	@Mixin
	private final FormatOption format = new FormatOption();

	@Mixin
	private final TimeOption time = new TimeOption();

	VerifyCommand(Surroundings surroundings, TargetOpener targets) {
		this.surroundings = surroundings;
		this.targets = targets;
	}

	@Override
	public Integer call() {
		VerificationReport found = targets.with(target.url(), surroundings.environment(), this::verify);
		if (format.isJson()) {
			new VerificationJson(target.url().toString()).write(found, surroundings.output());
		}
		else {
			surroundings.output().print(new VerificationText(time.page(target.url(), surroundings)).render(found));
		}
		return (found.hasDamage() ? ExitStatus.DAMAGE : ExitStatus.PROVEN).code();
	}

	private VerificationReport verify(ObjectStore store, BackupstoreLayout layout) {
		Selection selection = new Selection(Set.copyOf(volumes), Set.copyOf(backups));
		Verifier verifier = new Verifier(store, layout, surroundings.clock(), surroundings.pause(), concurrency);
		try (VerificationProgress progress = progress()) {
			return verifier.verify(selection, progress);
		}
	}

	private VerificationProgress progress() {
		return format.isJson() ? VerificationProgress.none() : VerificationProgress.of(surroundings);
	}

}
