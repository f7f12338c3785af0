package dev.longhaul.restore.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

import dev.longhaul.backupstore.file.NewFile;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.stream.Identities;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.digest.Sha256;
import dev.longhaul.core.export.Fingerprint;
import dev.longhaul.core.export.ObjectList;
import dev.longhaul.core.export.RepositoryBundle;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.restore.choice.ChosenPoint;
import dev.longhaul.restore.choice.Origin;
import dev.longhaul.restore.files.ExportOutcome.Form;
import org.jspecify.annotations.Nullable;

/**
 * Brings the exports of restore points into a directory: decrypted and decompressed, or
 * as they are stored where nobody gave an identity. Compared with what was kept either
 * way.
 */
public final class ExportFiles {

	private static final int BUFFER = 64 * 1024;

	private static final List<String> SQL = List.of("MariaDB, ", "PostgreSQL, ", "SQLite, ");

	private final ExportArchive archive;

	private final Destination destination;

	private final @Nullable Identities identities;

	/**
	 * @param identities null if there are none
	 */
	public ExportFiles(ExportArchive archive, Destination destination, @Nullable Identities identities) {
		this.archive = archive;
		this.destination = destination;
		this.identities = identities;
	}

	/** Is told how much of which export has come. */
	@FunctionalInterface
	public interface Progress {

		/**
		 * @param stored bytes in all
		 */
		LongConsumer fetching(String label, ByteSize stored);

	}

	/**
	 * Fetches those of one restore point. What fails for one is in its outcome.
	 * @throws LonghaulException if the bucket cannot be read or the disk not be written
	 */
	public List<ExportOutcome> fetch(ChosenPoint point, Progress progress) {
		if (!(point.origin() instanceof Origin.Recorded recorded)) {
			return List.of();
		}
		List<ExportOutcome> outcomes = new ArrayList<>();
		for (StoredExport export : point.exports()) {
			outcomes.add(fetch(recorded.night(), point.application(), export, progress));
		}
		return outcomes;
	}

	private ExportOutcome fetch(Night night, ApplicationName application, StoredExport export, Progress progress) {
		Form form = (export.isEncrypted() && identities == null) ? Form.ENCRYPTED : Form.PLAIN;
		Path place = destination.export(application.value(), fileName(export, form));
		try {
			if (isThere(place, (form == Form.PLAIN) ? export.plain() : export.stored())) {
				return new ExportOutcome(application, export, form, place, null, null, true);
			}
			Path made = destination.workplace("export");
			LongConsumer told = progress.fetching("%s of %s".formatted(export.name(), application),
					export.stored().size());
			if (form == Form.PLAIN) {
				archive.fetch(night, application, export, (identities != null) ? identities : Identities.none(), made,
						told);
			}
			else {
				archive.fetchStored(night, application, export, made, told);
			}
			destination.publishExport(made, place);
			return new ExportOutcome(application, export, form, place, null, null, false);
		}
		catch (DamagedData ex) {
			return failed(application, export, form, ex);
		}
		catch (RefusedRequest ex) {
			if (ex.code() != FailureCode.EXPORT_NOT_FOUND && ex.code() != FailureCode.INVALID_USAGE) {
				throw ex;
			}
			return failed(application, export, form, ex);
		}
		catch (IOException ex) {
			throw NewFile.refused(place, ex);
		}
	}

	private static ExportOutcome failed(ApplicationName application, StoredExport export, Form form,
			LonghaulException failure) {
		return new ExportOutcome(application, export, form, null, failure.fact(), failure.code(), false);
	}

	/**
	 * @throws RefusedRequest if something else is there
	 */
	private static boolean isThere(Path place, Fingerprint kept) throws IOException {
		if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
			return false;
		}
		if (Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS) && Files.size(place) == kept.size().bytes()
				&& sha256(place).equals(kept.sha256())) {
			return true;
		}
		throw new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE, "'%s' exists already".formatted(place),
				"choose another directory with --to: nothing is ever overwritten");
	}

	private static String sha256(Path file) throws IOException {
		Sha256 digest = new Sha256();
		byte[] buffer = new byte[BUFFER];
		try (InputStream content = Files.newInputStream(file)) {
			for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
				digest.add(buffer, 0, count);
			}
		}
		return digest.finish();
	}

	private static String fileName(StoredExport export, Form form) {
		return export.name() + ((form == Form.ENCRYPTED) ? ".zst.age" : ending(export));
	}

	private static String ending(StoredExport export) {
		if (new RepositoryBundle().isSourceOf(export)) {
			return ".bundle";
		}
		if (export.name().equals(new ObjectList().name()) && export.origin().startsWith(new ObjectList().origin())) {
			return ".json";
		}
		return SQL.stream().anyMatch(export.origin()::startsWith) ? ".sql" : "";
	}

}
