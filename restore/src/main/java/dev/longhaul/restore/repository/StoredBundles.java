package dev.longhaul.restore.repository;

import java.nio.file.Path;
import java.util.function.LongConsumer;

import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.stream.Identities;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.restore.choice.KeptBundle;
import org.jspecify.annotations.Nullable;

/**
 * Bundles out of a bucket.
 */
public final class StoredBundles implements BundleSource {

	/** A night keeps none above 500 MiB; whoever wrote the record may say anything. */
	private static final ByteSize LARGEST = ByteSize.ofMebibytes(1024);

	private final ExportArchive archive;

	private final @Nullable Identities identities;

	private final LongConsumer progress;

	/**
	 * @param identities null if there are none
	 * @param progress told how many of the stored bytes have come
	 */
	public StoredBundles(ExportArchive archive, @Nullable Identities identities, LongConsumer progress) {
		this.archive = archive;
		this.identities = identities;
		this.progress = progress;
	}

	@Override
	public void fetch(KeptBundle bundle, Path file) {
		StoredExport export = bundle.export();
		if (export.plain().size().bytes() > LARGEST.bytes()) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"the bundle of %s has %s, more than %s".formatted(bundle.night(), export.plain().size(), LARGEST),
					"fetch it by hand with 'longhaul exports fetch'");
		}
		if (export.isEncrypted() && identities == null) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"the bundle of %s is encrypted for %s".formatted(bundle.night(), export.recipients()),
					"give the file with the secret key of one of them as --identity");
		}
		archive.fetch(bundle.night(), bundle.application(), export,
				(identities != null) ? identities : Identities.none(), file, progress);
	}

}
