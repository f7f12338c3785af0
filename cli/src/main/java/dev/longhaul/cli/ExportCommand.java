package dev.longhaul.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

import dev.longhaul.backupstore.export.Export;
import dev.longhaul.backupstore.export.ExportListener;
import dev.longhaul.backupstore.export.ExportReport;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.progress.ExportProgress;
import dev.longhaul.cli.render.ExportJson;
import dev.longhaul.cli.render.ExportText;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.volume.VolumeName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul export}.
 */
@Command(name = "export", header = "Rebuild a backup as a raw image, without Longhorn.", description = { "",
		"The image is byte for byte the device Longhorn would restore, and sparse. Every block is checked before "
				+ "it is written; the file gets its name only when it is whole.",
		"" }, footerHeading = "%nExamples:%n",
		footer = { "  longhaul export file:///mnt/nas --volume pvc-3f1d8a52-7c64-4b0e-9a2f-1c5e8d7b6a90 %n"
				+ "      --backup backup-7ab083b31647efb3 --to db.img" })
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without its required
									// options
final class ExportCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final TargetOpener targets;

	@Mixin
	private final TargetParameter target = new TargetParameter();

	@Option(names = "--volume", required = true, paramLabel = "VOLUME", description = "The volume.")
	private VolumeName volume;

	@Option(names = "--backup", required = true, paramLabel = "BACKUP", description = "The backup of that volume.")
	private BackupName backup;

	@Option(names = "--to", required = true, paramLabel = "FILE",
			description = "The image. Must not exist: nothing is ever overwritten.")
	private Path file;

	@Mixin
	private final FormatOption format = new FormatOption();

	ExportCommand(Surroundings surroundings, TargetOpener targets) {
		this.surroundings = surroundings;
		this.targets = targets;
	}

	@Override
	public Integer call() {
		Instant start = surroundings.clock().instant();
		ExportReport exported = targets.with(target.url(), surroundings.environment(), this::export);
		Duration took = Duration.between(start, surroundings.clock().instant());
		if (format.isJson()) {
			new ExportJson(target.url().toString()).write(volume, backup, exported, took, surroundings.output());
		}
		else {
			surroundings.output().print(new ExportText(surroundings.style()).render(backup, exported, took));
		}
		return ExitStatus.PROVEN.code();
	}

	private ExportReport export(ObjectStore store, BackupstoreLayout layout) {
		Export export = new Export(store, layout, surroundings.pause(), Concurrency.DEFAULT);
		if (format.isJson()) {
			return export.export(volume, backup, file, ExportListener.NONE);
		}
		try (ExportProgress progress = new ExportProgress(surroundings, backup.value())) {
			return export.export(volume, backup, file, progress);
		}
	}

}
