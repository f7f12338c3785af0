package dev.longhaul.backupstore.stream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.LongConsumer;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.longhaul.core.export.Fingerprint;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;

/**
 * The content of an export on its way back: compared, decrypted, decompressed, compared
 * again.
 */
final class ExportContent {

	private static final int BUFFER = 64 * 1024;

	private final StoredExport export;

	private final String key;

	private final LongConsumer progress;

	/**
	 * @param progress told how many of the stored bytes have come
	 */
	ExportContent(StoredExport export, String key, LongConsumer progress) {
		this.export = export;
		this.key = key;
		this.progress = progress;
	}

	/**
	 * @return of what was written
	 * @throws IOException if the transfer broke, and only then
	 * @throws DamagedData if it is not what was kept
	 */
	Fingerprint decode(InputStream content, Identities identities, OutputStream target) throws IOException {
		Transfer transfer = new Transfer(content, progress);
		Fingerprint plain;
		try {
			plain = decoded(transfer, identities, target);
			// What follows the end of the compressed data was hashed too.
			transfer.skipRest();
		}
		catch (RefusedRequest ex) {
			// A head that was changed is opened by nobody.
			transfer.skipRest();
			require("stored", export.stored(), transfer.fingerprint.build());
			throw ex;
		}
		catch (IOException ex) {
			if (transfer.broken) {
				throw ex;
			}
			throw damaged("it cannot be decoded: " + ex.getMessage(), ex);
		}
		require("stored", export.stored(), transfer.fingerprint.build());
		require("plain", export.plain(), plain);
		return plain;
	}

	private Fingerprint decoded(Transfer transfer, Identities identities, OutputStream target) throws IOException {
		FingerprintBuilder plain = new FingerprintBuilder();
		InputStream compressed = export.isEncrypted() ? identities.decrypted(transfer, key) : transfer;
		try (InputStream decompressed = new ZstdInputStreamNoFinalizer(compressed)) {
			byte[] buffer = new byte[BUFFER];
			long left = export.plain().size().bytes();
			for (int count = decompressed.read(buffer); count >= 0; count = decompressed.read(buffer)) {
				left -= count;
				if (left < 0) {
					throw damaged("it is longer than the %s that were kept".formatted(export.plain().size()), null);
				}
				plain.add(buffer, 0, count);
				target.write(buffer, 0, count);
			}
		}
		return plain.build();
	}

	private void require(String which, Fingerprint kept, Fingerprint found) {
		if (!found.equals(kept)) {
			throw damaged("%s bytes kept: %s, found: %s".formatted(which, kept, found), null);
		}
	}

	private DamagedData damaged(String why, @Nullable Throwable cause) {
		return new DamagedData(FailureCode.BACKUP_DAMAGED, "%s is not what was kept: %s".formatted(key, why),
				"take the export of another night; 'longhaul exports list' shows them", cause);
	}

	/** The stored bytes; tells a broken transfer from bytes that mean nothing. */
	private static final class Transfer extends FilterInputStream {

		private final FingerprintBuilder fingerprint = new FingerprintBuilder();

		private final LongConsumer progress;

		private long size;

		private boolean broken;

		private Transfer(InputStream content, LongConsumer progress) {
			super(content);
			this.progress = progress;
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			broken = true;
			int count = in.read(buffer, offset, length);
			broken = false;
			fingerprint.add(buffer, offset, Math.max(0, count));
			size += Math.max(0, count);
			progress.accept(size);
			return count;
		}

		void skipRest() throws IOException {
			byte[] rest = new byte[BUFFER];
			while (read(rest, 0, rest.length) >= 0) {
				// Hashed on the way.
			}
		}

		/** Whoever opened the transfer closes it. */
		@Override
		public void close() {
			// The decoders would close it before its rest was read.
		}

	}

}
