package dev.longhaul.backupstore.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.longhaul.backupstore.file.NewFile;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectUpload;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.Fingerprint;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.ByteSize;

/**
 * The exports in a bucket:
 *
 * <pre>
 * &lt;path&gt;longhaul/exports/&lt;job&gt;/&lt;stamp&gt;/&lt;application&gt;/
 *     &lt;name&gt;.zst.age
 *     &lt;name&gt;.zst           without recipients
 * </pre>
 *
 * The tools open them without Longhaul: {@code age -d -i FILE | zstd -d}.
 */
public final class ExportArchive {

	/** zstd's own default. */
	private static final int LEVEL = 3;

	private static final int BUFFER = 64 * 1024;

	private static final String EXPORTS = "exports/";

	/**
	 * No export takes as long, so what is older was left by a process that is no more.
	 */
	private static final Duration FORGOTTEN = Duration.ofDays(2);

	private final StreamingStore store;

	private final BackupstoreLayout layout;

	private final ObjectReader reader;

	private final Clock clock;

	public ExportArchive(StreamingStore store, BackupstoreLayout layout, Pause pause, Clock clock) {
		this.store = store;
		this.layout = layout;
		this.reader = new ObjectReader(store, pause);
		this.clock = clock;
	}

	/**
	 * Keeps a stream, replacing an export of the same night, application and name. It is
	 * there whole and checked, or this fails; memory is bounded whatever its length.
	 * @param source fails when it is cut or whatever writes it fails, and ends only
	 * otherwise
	 * @throws DamagedData if what is read back is not what was sent; nothing is kept then
	 * @throws TransientFailure if the stream broke off
	 */
	public StoredExport keep(ExportOrder order, InputStream source) {
		String key = key(order.night(), order.application(), order.name(), order.recipients().isEmpty());
		Instant begun = clock.instant();
		Sent sent = send(order, key, source);
		requireAsSent(order, key, sent.stored());
		return new StoredExport(order.name(), order.origin(), sent.plain(), sent.stored(), order.recipients(), begun,
				clock.instant());
	}

	private Sent send(ExportOrder order, String key, InputStream source) {
		AgeEncryption encryption = new AgeEncryption(order.recipients());
		try (ObjectUpload upload = store.upload(key)) {
			FingerprintedChannel stored = new FingerprintedChannel(upload);
			Fingerprint plain = pass(source, encryption, stored);
			upload.complete();
			return new Sent(plain, stored.fingerprint());
		}
		catch (IOException ex) {
			throw new TransientFailure(FailureCode.EXPORT_FAILED, "the %s broke off: %s".formatted(order, ex),
					"look at what it is of, %s; the next night tries again".formatted(order.origin()), ex);
		}
	}

	private static Fingerprint pass(InputStream source, AgeEncryption encryption, FingerprintedChannel stored)
			throws IOException {
		FingerprintBuilder plain = new FingerprintBuilder();
		OutputStream encrypted = Channels.newOutputStream(encryption.into(stored));
		try (OutputStream compressed = new ZstdOutputStreamNoFinalizer(encrypted, LEVEL).setChecksum(true)) {
			copy(source, compressed, plain, stored);
		}
		return plain.build();
	}

	private static void copy(InputStream source, OutputStream compressed, FingerprintBuilder plain,
			FingerprintedChannel stored) throws IOException {
		byte[] buffer = new byte[BUFFER];
		try {
			for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
				plain.add(buffer, 0, count);
				compressed.write(buffer, 0, count);
			}
		}
		catch (IOException | RuntimeException ex) {
			stored.fail();
			throw ex;
		}
	}

	private void requireAsSent(ExportOrder order, String key, Fingerprint sent) {
		Optional<Fingerprint> found = reader.read(key, object -> FingerprintBuilder.of(object.content()));
		if (found.filter(sent::equals).isPresent()) {
			return;
		}
		DamagedData damage = new DamagedData(FailureCode.BACKUP_DAMAGED,
				"%s in %s is not what was sent: sent %s, found %s".formatted(key, store.describe(), sent,
						found.map(Fingerprint::toString).orElse("nothing")),
				"the %s is not kept; look at the store, and at what else writes there".formatted(order));
		try {
			store.delete(List.of(key));
		}
		catch (LonghaulException ex) {
			damage.addSuppressed(ex);
		}
		throw damage;
	}

	/**
	 * Whether an export that was kept is still there, by its size: reading it would cost
	 * what keeping it did.
	 */
	public boolean holds(Night night, ApplicationName application, StoredExport export) {
		return store.find(key(night, application, export))
			.filter(object -> object.size() == export.stored().size().bytes())
			.isPresent();
	}

	/**
	 * Brings an export back as it was before it was compressed and encrypted, into a new
	 * file that appears once all of it was compared.
	 * @param progress told how many of the stored bytes have come; fewer again if the
	 * transfer broke and was begun anew
	 * @throws DamagedData if it is not what was kept
	 * @throws RefusedRequest if it is not there, if none of the identities opens it, or
	 * if the file exists or cannot be written
	 */
	public void fetch(Night night, ApplicationName application, StoredExport export, Identities identities, Path target,
			LongConsumer progress) {
		String key = key(night, application, export);
		try (NewFile file = NewFile.create(target, export.plain().size())) {
			Optional<Fingerprint> fetched = reader.read(key, object -> new ExportContent(export, key, progress)
				.decode(object.content(), identities, file.rewound()));
			if (fetched.isEmpty()) {
				throw notFound(key);
			}
			file.publish();
		}
	}

	/**
	 * Fetches an export as it lies there: compressed, and encrypted if it is.
	 * @param target must not exist
	 * @param progress told how many of the stored bytes have come
	 * @throws DamagedData if what is there is not what was kept; nothing is left behind
	 * then
	 * @throws RefusedRequest if it is there no more, or the file cannot be written
	 */
	public void fetchStored(Night night, ApplicationName application, StoredExport export, Path target,
			LongConsumer progress) {
		String key = key(night, application, export);
		try (NewFile file = NewFile.create(target, export.stored().size())) {
			Fingerprint fetched = reader
				.read(key, object -> pass(object.content(), file.rewound(), export.stored().size(), progress))
				.orElseThrow(() -> notFound(key));
			if (!fetched.equals(export.stored())) {
				throw new DamagedData(
						FailureCode.BACKUP_DAMAGED, "%s is not what was kept: stored bytes kept: %s, found: %s"
							.formatted(key, export.stored(), fetched),
						"take the export of another night; 'longhaul exports list' shows them");
			}
			file.publish();
		}
	}

	private static Fingerprint pass(InputStream content, OutputStream file, ByteSize size, LongConsumer progress)
			throws IOException {
		FingerprintBuilder fingerprint = new FingerprintBuilder();
		byte[] buffer = new byte[BUFFER];
		long passed = 0;
		for (int count = content.read(buffer); count >= 0 && passed <= size.bytes(); count = content.read(buffer)) {
			fingerprint.add(buffer, 0, count);
			file.write(buffer, 0, count);
			passed += count;
			progress.accept(passed);
		}
		return fingerprint.build();
	}

	private RefusedRequest notFound(String key) {
		return new RefusedRequest(FailureCode.EXPORT_NOT_FOUND, "%s holds no %s".formatted(store.describe(), key),
				"it was deleted since it was recorded; 'longhaul exports list' shows those of other nights");
	}

	/**
	 * Takes over an export of another bucket, byte for byte. It is compared with what was
	 * recorded while it passes, so what is damaged there never gets here; memory is
	 * bounded whatever its length.
	 * @throws DamagedData if the other bucket has not what was kept; nothing was written
	 * then
	 */
	public void takeOver(ExportArchive other, Night night, ApplicationName application, StoredExport export) {
		String key = other.key(night, application, export);
		Optional<Fingerprint> passed = other.reader.read(key, object -> {
			try (ObjectUpload upload = store.upload(key(night, application, export))) {
				Fingerprint found = pass(object.content(), upload, export.stored().size());
				if (found.equals(export.stored())) {
					upload.complete();
				}
				return found;
			}
		});
		if (passed.filter(export.stored()::equals).isEmpty()) {
			throw new DamagedData(FailureCode.BACKUP_DAMAGED,
					"%s in %s is not what was kept: kept %s, found %s".formatted(key, other.store.describe(),
							export.stored(), passed.map(Fingerprint::toString).orElse("nothing")),
					"it is not copied; the exports of other nights are");
		}
	}

	/** One that has become longer is neither sent nor read to its end. */
	private static Fingerprint pass(InputStream content, ObjectUpload upload, ByteSize size) throws IOException {
		FingerprintBuilder fingerprint = new FingerprintBuilder();
		byte[] buffer = new byte[BUFFER];
		long left = size.bytes();
		for (int count = content.read(buffer); count >= 0 && left >= 0; count = content.read(buffer)) {
			fingerprint.add(buffer, 0, count);
			left -= count;
			if (left >= 0) {
				upload.write(buffer, 0, count);
			}
		}
		return fingerprint.build();
	}

	/**
	 * Whether an export is still there as it was kept, to the last byte: reads all of it.
	 */
	public boolean holdsIntact(Night night, ApplicationName application, StoredExport export) {
		return reader.read(key(night, application, export), object -> FingerprintBuilder.of(object.content()))
			.filter(export.stored()::equals)
			.isPresent();
	}

	/**
	 * The keys of all that lies there as an export, with its size, as they are listed.
	 */
	public Map<String, ByteSize> sizes() {
		Map<String, ByteSize> sizes = new HashMap<>();
		new Listing(store, layout.longhaulPrefix() + EXPORTS)
			.forEachRemaining(object -> sizes.put(object.key(), new ByteSize(object.size())));
		return sizes;
	}

	/**
	 * Removes an export that was kept, and makes sure that it is gone. One that is not
	 * there counts as removed.
	 * @throws RefusedRequest if what is there is not what was kept, or stays
	 */
	public void remove(Night night, ApplicationName application, StoredExport export) {
		String key = key(night, application, export);
		long size = export.stored().size().bytes();
		Optional<ObjectInfo> found = store.find(key);
		if (found.filter(object -> object.size() != size).isPresent()) {
			throw new RefusedRequest(
					FailureCode.TARGET_REFUSED, "%s in %s has %d bytes and %d were kept, so it is another"
						.formatted(key, store.describe(), found.get().size(), size),
					"find out who wrote it; it is left alone");
		}
		if (found.isPresent()) {
			store.delete(List.of(key));
			if (store.find(key).isPresent()) {
				throw new RefusedRequest(FailureCode.TARGET_REFUSED,
						"%s is still in %s after it was deleted".formatted(key, store.describe()),
						"look whether the bucket locks its objects");
			}
		}
	}

	/** Gives up what killed processes left half uploaded. One call, of class C on B2. */
	public int giveUpForgotten() {
		return store.giveUpUploads(layout.longhaulPrefix() + EXPORTS, clock.instant().minus(FORGOTTEN));
	}

	/** Where an export lies. */
	public String key(Night night, ApplicationName application, StoredExport export) {
		return key(night, application, export.name(), !export.isEncrypted());
	}

	private String key(Night night, ApplicationName application, ExportName name, boolean readable) {
		return "%s%s%s/%s/%s/%s.zst%s".formatted(layout.longhaulPrefix(), EXPORTS, night.job(), night.stamp(),
				application, name, readable ? "" : ".age");
	}

	/** What went in, and what came out at the other end. */
	private record Sent(Fingerprint plain, Fingerprint stored) {
	}

}
