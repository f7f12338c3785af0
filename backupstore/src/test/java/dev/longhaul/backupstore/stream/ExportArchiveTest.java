package dev.longhaul.backupstore.stream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import com.github.luben.zstd.Zstd;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.memory.InMemoryObjectStore;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.backupstore.testing.ForwardingStreamingStore;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.Fingerprint;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.time.Pause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ExportArchiveTest {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T02:35:00Z"), ZoneOffset.UTC);

	private static final Night NIGHT = new Night(new JobName("nightly"), Instant.parse("2026-11-22T02:30:00Z"));

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final String KEY = "cluster/longhaul/exports/nightly/20261122t023000z/gitea/database.zst";

	private static final Pause NO_PAUSE = duration -> {
	};

	@TempDir
	private Path directory;

	private final AgeKeys owner = AgeKeys.generate();

	private final AgeKeys heir = AgeKeys.generate();

	private final InMemoryObjectStore store = new InMemoryObjectStore(CLOCK);

	private final ExportArchive archive = archive(new ForwardingStreamingStore(store));

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 65_535, 65_536, 65_537, 3_000_000 })
	void whatWasKeptIsFetchedByEveryRecipient(int size) throws IOException {
		byte[] dump = dump(size);

		StoredExport export = archive.keep(order(owner.recipient(), heir.recipient()), new ByteArrayInputStream(dump));

		assertThat(export.origin()).isEqualTo("pg_dump of gitea");
		assertThat(export.plain()).isEqualTo(FingerprintBuilder.of(new ByteArrayInputStream(dump)));
		assertThat(export.recipients()).containsExactly(owner.recipient(), heir.recipient());
		assertThat(export.checkedAt()).isEqualTo(CLOCK.instant());
		assertThat(archive.key(NIGHT, GITEA, export)).isEqualTo(KEY + ".age");
		assertThat(stored(KEY + ".age")).startsWith("age-encryption.org/v1\n".getBytes(StandardCharsets.US_ASCII));
		for (AgeKeys keys : List.of(owner, heir)) {
			Path target = directory.resolve(keys.recipient().value());
			archive.fetch(NIGHT, GITEA, export, identitiesOf(keys), target, ExportArchiveTest::unheard);
			assertThat(target).hasBinaryContent(dump);
		}
	}

	@Test
	void withoutRecipientsItIsOnlyCompressed() throws IOException {
		byte[] dump = dump(1_000_000);

		StoredExport export = archive.keep(order(), new ByteArrayInputStream(dump));

		assertThat(export.isEncrypted()).isFalse();
		assertThat(Zstd.decompress(stored(KEY), dump.length)).isEqualTo(dump);
		assertThat(stored(KEY).length).isEqualTo((int) export.stored().size().bytes()).isLessThan(dump.length / 2);
		Path target = directory.resolve("dump.sql");
		archive.fetch(NIGHT, GITEA, export, Identities.none(), target, ExportArchiveTest::unheard);
		assertThat(target).hasBinaryContent(dump);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target))).isEqualTo("rw-------");
	}

	@Test
	void nothingOfWhatIsEncryptedCanBeReadInTheBucket() throws IOException {
		byte[] secret = "INSERT INTO users VALUES ('hunter2')".getBytes(StandardCharsets.UTF_8);

		archive.keep(order(owner.recipient()), new ByteArrayInputStream(secret));

		assertThat(new String(stored(KEY + ".age"), StandardCharsets.ISO_8859_1)).doesNotContain("hunter2", "INSERT");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1000, 5_000_000 })
	void aStreamThatBreaksOffLeavesNothing(int size) {
		InputStream cut = new SequenceInputStream(new ByteArrayInputStream(random(size)),
				new Failing(new IOException("connection reset")));

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(() -> archive.keep(order(owner.recipient()), cut))
			.withMessage("the export database of gitea broke off: java.io.IOException: connection reset")
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.EXPORT_FAILED))
			.satisfies(failure -> assertThat(failure.hint())
				.isEqualTo("look at what it is of, pg_dump of gitea; the next night tries again"));

		assertThat(store.list("", "").objects()).isEmpty();
	}

	@Test
	void aSourceThatSaysWhyItFailsIsHeard() {
		RefusedRequest reason = new RefusedRequest(FailureCode.EXPORT_FAILED, "pg_dump ended with 1", "look");
		InputStream failing = new Failing(reason);

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> archive.keep(order(), failing))
			.isSameAs(reason);

		assertThat(store.list("", "").objects()).isEmpty();
	}

	@Test
	void whatDoesNotComeBackAsItWasSentIsNotKept() {
		ExportArchive onABadDisk = archive(new ForwardingStreamingStore(store) {

			@Override
			public Optional<StoredObject> open(String key) {
				return super.open(key).map(object -> new StoredObject(object.info(), withOneBitFlipped(object)));
			}

		});

		assertThatExceptionOfType(DamagedData.class)
			.isThrownBy(() -> onABadDisk.keep(order(), new ByteArrayInputStream(dump(1000))))
			.withMessageContaining(KEY + " in memory is not what was sent: sent ")
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.BACKUP_DAMAGED));

		assertThat(store.list("", "").objects()).isEmpty();
	}

	@Test
	void whatIsNotThereAfterwardsIsNotKept() {
		ExportArchive forgetful = archive(new ForwardingStreamingStore(store) {

			@Override
			public Optional<StoredObject> open(String key) {
				return Optional.empty();
			}

		});

		assertThatExceptionOfType(DamagedData.class)
			.isThrownBy(() -> forgetful.keep(order(), new ByteArrayInputStream(dump(1000))))
			.withMessageEndingWith("found nothing");
	}

	@Test
	void somebodyElsesIdentityOpensNothing() throws IOException {
		StoredExport export = archive.keep(order(owner.recipient()), new ByteArrayInputStream(dump(1000)));
		Identities stranger = identitiesOf(heir);

		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> archive.fetch(NIGHT, GITEA, export, stranger, directory.resolve("dump"),
					ExportArchiveTest::unheard))
			.withMessage("none of the identities in %s can open %s.age".formatted(directory.resolve("identity"), KEY))
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.INVALID_USAGE));

		assertThat(filesBesideIdentity()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 30, 60, 100, 150, 180, 220, 250, 1000, -20, -1 })
	void whatWasChangedInTheBucketIsNotFetched(int place) throws IOException {
		StoredExport export = archive.keep(order(owner.recipient()), new ByteArrayInputStream(dump(100_000)));
		byte[] changed = stored(KEY + ".age");
		changed[Math.floorMod(place, changed.length)] ^= 4;
		store.put(KEY + ".age", changed);
		Identities identities = identitiesOf(owner);

		assertThatExceptionOfType(DamagedData.class)
			.isThrownBy(() -> archive.fetch(NIGHT, GITEA, export, identities, directory.resolve("dump"),
					ExportArchiveTest::unheard))
			.withMessageStartingWith(KEY + ".age is not what was kept: ");

		assertThat(filesBesideIdentity()).isEmpty();
	}

	@Test
	void anotherExportInItsPlaceIsNotFetched() throws IOException {
		StoredExport export = archive.keep(order(), new ByteArrayInputStream(dump(1000)));
		archive.keep(order(), new ByteArrayInputStream(dump(999)));

		assertThatExceptionOfType(DamagedData.class)
			.isThrownBy(() -> archive.fetch(NIGHT, GITEA, export, Identities.none(), directory.resolve("dump"),
					ExportArchiveTest::unheard))
			.withMessageStartingWith(KEY + " is not what was kept: stored bytes kept: ");
		assertThat(archive.holds(NIGHT, GITEA, export)).isFalse();
	}

	@Test
	void aTransferThatBreaksIsBegunAgain() throws IOException {
		byte[] dump = dump(2_000_000);
		StoredExport export = archive.keep(order(owner.recipient()), new ByteArrayInputStream(dump));
		int[] cuts = { 3 };
		ExportArchive farAway = archive(new ForwardingStreamingStore(store) {

			@Override
			public Optional<StoredObject> open(String key) {
				return (cuts[0]-- > 0) ? super.open(key).map(ExportArchiveTest::cutInTheMiddle) : super.open(key);
			}

		});

		farAway.fetch(NIGHT, GITEA, export, identitiesOf(owner), directory.resolve("dump"), ExportArchiveTest::unheard);

		assertThat(directory.resolve("dump")).hasBinaryContent(dump);
	}

	@Test
	void whatIsGoneIsSaidToBeGone() {
		StoredExport export = archive.keep(order(), new ByteArrayInputStream(dump(1000)));
		assertThat(archive.holds(NIGHT, GITEA, export)).isTrue();
		store.delete(List.of(KEY));

		assertThat(archive.holds(NIGHT, GITEA, export)).isFalse();
		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> archive.fetch(NIGHT, GITEA, export, Identities.none(), directory.resolve("dump"),
					ExportArchiveTest::unheard))
			.withMessage("memory holds no " + KEY)
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.EXPORT_NOT_FOUND));
	}

	@Test
	void aFileIsNeverOverwritten() throws IOException {
		StoredExport export = archive.keep(order(), new ByteArrayInputStream(dump(1000)));
		Path target = Files.writeString(directory.resolve("dump"), "mine");

		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(
					() -> archive.fetch(NIGHT, GITEA, export, Identities.none(), target, ExportArchiveTest::unheard))
			.withMessage("'%s' exists already".formatted(target));
		assertThat(target).hasContent("mine");
	}

	@Test
	void aFileWithoutIdentitiesIsRefusedAndNeverQuoted() throws IOException {
		Path mistyped = Files.writeString(directory.resolve("identity"),
				"# mine\n" + owner.identity().replaceFirst("..$", "QQ"));
		Path empty = Files.writeString(directory.resolve("empty"), "# nothing\n\n");

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> Identities.read(mistyped))
			.withMessage("line 2 of %s is not an identity of age".formatted(mistyped))
			.withNoCause();
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> Identities.read(empty))
			.withMessage("there is no identity in " + empty);
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> Identities.read(directory.resolve("none")))
			.withMessage("%s cannot be read".formatted(directory.resolve("none")));
		assertThat(identitiesOf(owner)).hasToString("Identities[...]");
	}

	private static ExportArchive archive(ForwardingStreamingStore store) {
		return new ExportArchive(store, new BackupstoreLayout("cluster/"), NO_PAUSE, CLOCK);
	}

	private static ExportOrder order(Recipient... recipients) {
		return new ExportOrder(NIGHT, GITEA, new ExportName("database"), "pg_dump of gitea", List.of(recipients));
	}

	private Identities identitiesOf(AgeKeys keys) throws IOException {
		return Identities.read(keys.writeTo(directory.resolve("identity")));
	}

	private List<Path> filesBesideIdentity() throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter(file -> !file.endsWith("identity")).toList();
		}
	}

	private byte[] stored(String key) throws IOException {
		try (StoredObject object = store.open(key).orElseThrow()) {
			return object.content().readAllBytes();
		}
	}

	private static StoredObject cutInTheMiddle(StoredObject object) {
		return new StoredObject(object.info(), new SequenceInputStream(new ByteArrayInputStream(beginning(object)),
				new Failing(new IOException("connection reset"))));
	}

	private static InputStream withOneBitFlipped(StoredObject object) {
		byte[] content = beginning(object);
		content[content.length - 1] ^= 1;
		return new ByteArrayInputStream(content);
	}

	private static byte[] beginning(StoredObject object) {
		try {
			return object.content().readNBytes((int) object.info().size() / 2);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Compresses as a dump does. */
	private static byte[] dump(int size) {
		Random random = new Random(size);
		byte[] dump = new byte[size];
		for (int i = 0; i < size; i++) {
			dump[i] = (byte) ('a' + random.nextInt(4));
		}
		return dump;
	}

	private static byte[] random(int size) {
		byte[] content = new byte[size];
		new Random(size).nextBytes(content);
		return content;
	}

	/** A stream whose reading fails. */
	private static final class Failing extends InputStream {

		private final Exception failure;

		private Failing(Exception failure) {
			this.failure = failure;
		}

		@Override
		public int read() throws IOException {
			return read(new byte[1], 0, 1);
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			if (failure instanceof RuntimeException unchecked) {
				throw unchecked;
			}
			throw (IOException) failure;
		}

	}

	private static void unheard(long soFar) {
	}

}
