package dev.longhaul.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.stream.Identities;
import dev.longhaul.cli.progress.FetchProgress;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.text.Printable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul exports fetch}.
 */
@Command(name = "fetch", header = "Bring an export back: decrypted, decompressed and compared.",
		description = { "",
				"The file gets its name only when all of it is what was kept, and only its owner may read it.",
				"Without Longhaul the same is done by: age -d -i IDENTITY FILE.zst.age | zstd -d", "" },
		footerHeading = "%nExamples:%n",
		footer = { "  longhaul exports fetch s3://longhorn-backups@eu-central-003/longhorn --application gitea %n"
				+ "      --export database --identity key.txt --to gitea.sql" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:the file is what was kept", "1:the export, or what is recorded of it, is damaged",
				"2:wrong usage, no such export, no identity that opens it, or no place for the file",
				"3:the target could not be reached or refused", "4:interrupted" })
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without its required
									// options
final class FetchExportCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final TargetOpener targets;

	@Mixin
	private final TargetParameter target = new TargetParameter();

	@Option(names = "--application", required = true, paramLabel = "NAME", description = "Whose export.")
	private ApplicationName application;

	@Option(names = "--export", required = true, paramLabel = "NAME", description = "Its name.")
	private ExportName export;

	@Option(names = "--night", paramLabel = "STAMP",
			description = "The night, as 'longhaul exports list' names it; the newest that kept one if left out.")
	private @Nullable String night;

	@Mixin
	private final IdentityOption identity = new IdentityOption();

	@Option(names = "--to", required = true, paramLabel = "FILE",
			description = "The file. Must not exist: nothing is ever overwritten.")
	private Path file;

	@Mixin
	private final TrustOption trust = new TrustOption();

	FetchExportCommand(Surroundings surroundings, TargetOpener targets) {
		this.surroundings = surroundings;
		this.targets = targets;
	}

	@Override
	public Integer call() {
		Seal seal = trust.seal();
		Identities opened = identity.read(surroundings.errors());
		StoredExport fetched = targets.with(target.url(), surroundings.environment(),
				(store, layout) -> fetch(store, layout, seal, opened));
		surroundings.output()
			.print("%s is in %s\n  %s, %s, begun at %s\n".formatted(fetched.name(), Printable.of(file.toString()),
					Printable.of(fetched.origin()), fetched.plain(), fetched.takenAt()));
		trust.note(surroundings.errors());
		return ExitStatus.PROVEN.code();
	}

	private StoredExport fetch(StreamingStore store, BackupstoreLayout layout, Seal seal,
			@Nullable Identities identities) {
		RunExports exports = new ExportSearch(new RunCatalog(store, layout, surroundings.pause(), seal))
			.find(application, export, night);
		StoredExport stored = exports.find(application, export).orElseThrow();
		if (stored.isEncrypted() && identities == null) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"export '%s' of '%s' is encrypted for %s".formatted(export, application, stored.recipients()),
					"give the file with the secret key of one of them as --identity");
		}
		ExportArchive archive = new ExportArchive(store, layout, surroundings.pause(), surroundings.clock());
		try (FetchProgress progress = new FetchProgress(surroundings, "%s of %s".formatted(export, application),
				stored.stored().size())) {
			archive.fetch(exports.night(), application, stored, (identities != null) ? identities : Identities.none(),
					file, progress);
		}
		return stored;
	}

}
