package dev.longhaul.backupstore.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.longhaul.backupstore.directory.DirectoryObjectStore;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.memory.InMemoryObjectStore;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.backupstore.testing.ForwardingObjectStore;
import dev.longhaul.backupstore.testing.RealBackups;
import dev.longhaul.backupstore.testing.RealBackups.RealBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Over copies of backups that Longhorn's own engine wrote: the image is compared with the
 * volume Longhorn backed up.
 */
class ExportTest {

	private static final BackupstoreLayout LAYOUT = new BackupstoreLayout("");

	private final InMemoryObjectStore store = new InMemoryObjectStore(Clock.systemUTC());

	@TempDir
	private Path directory;

	private RealBackups real;

	private RealBackup backup;

	@BeforeEach
	void copyRealBackups() throws IOException {
		real = RealBackups.findOrAbort();
		backup = real.healthy().get(0);
		Path root = real.target(backup.set());
		try (Stream<Path> files = Files.walk(root)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				store.put(root.relativize(file).toString(), Files.readAllBytes(file));
			}
		}
	}

	@Test
	void everyHealthyBackupBecomesTheVolumeThatWasBackedUp() throws IOException {
		for (RealBackup healthy : real.healthy()) {
			Path image = directory.resolve(healthy.set() + healthy.backup());
			try (ObjectStore target = new DirectoryObjectStore(real.target(healthy.set()))) {
				ExportReport report = export(target, healthy.backup(), image);

				assertThat(report.size().bytes()).isEqualTo(healthy.size()).isEqualTo(Files.size(image));
				assertThat(sha256(image)).as(healthy.toString()).isEqualTo(healthy.sha256());
			}
		}
	}

	@Test
	void anImageIsTheSameWhenTheListOfBlocksIsReadInStretches() throws IOException {
		Path image = directory.resolve("image");

		new Export(store, LAYOUT, Pause.real(), new Concurrency(2), 7).export(backup.volume(), backup.backup(), image,
				ExportListener.NONE);

		assertThat(sha256(image)).isEqualTo(backup.sha256());
	}

	@Test
	void whatWasNeverWrittenStaysAHole() throws IOException {
		Path image = directory.resolve("image");

		export(store, backup.backup(), image);

		assertThat(occupied(image)).isPositive().isLessThan(backup.size() / 4);
	}

	@Test
	void aDamagedBlockIsNamedAndNothingIsLeftBehind() throws IOException {
		String key = anyBlock();
		byte[] bytes = read(key);
		bytes[bytes.length / 2] ^= 0x10;
		store.put(key, bytes);

		assertThatExceptionOfType(DamagedData.class)
			.isThrownBy(() -> export(store, backup.backup(), directory.resolve("image")))
			.withMessageContaining(key)
			.satisfies(ExportTest::isDamage);
		assertThat(directory).isEmptyDirectory();
	}

	@Test
	void aMissingBlockIsNamedAndNothingIsLeftBehind() {
		String key = anyBlock();
		store.delete(List.of(key));

		assertThatExceptionOfType(DamagedData.class)
			.isThrownBy(() -> export(store, backup.backup(), directory.resolve("image")))
			.withMessage(key + " is not in the bucket");
		assertThat(directory).isEmptyDirectory();
	}

	@Test
	void whatIsLostBecomesZerosWhereThatIsWanted() throws IOException {
		Path whole = directory.resolve("whole");
		export(store, backup.backup(), whole);
		List<String> keys = blocks().limit(2).toList();
		store.delete(keys.subList(0, 1));
		byte[] damaged = read(keys.get(1));
		damaged[damaged.length / 2] ^= 0x10;
		store.put(keys.get(1), damaged);
		Path image = directory.resolve("image");

		ExportReport report = new Export(store, LAYOUT, Pause.real(), new Concurrency(2)).export(backup.volume(),
				backup.backup(), image, LostBlocks.BECOME_ZEROS, ExportListener.NONE);

		assertThat(report.lost()).extracting(LostBlock::why)
			.anyMatch((keys.get(0) + " is not in the bucket")::equals)
			.anyMatch(why -> why.startsWith(keys.get(1)));
		byte[] expected = Files.readAllBytes(whole);
		for (LostBlock lost : report.lost()) {
			assertThat(Arrays.mismatch(new byte[(int) lost.length()],
					Arrays.copyOfRange(expected, (int) lost.offset(), (int) lost.end())))
				.as("the block that was lost held something")
				.isNotNegative();
			Arrays.fill(expected, (int) lost.offset(), (int) lost.end(), (byte) 0);
		}
		assertThat(Files.readAllBytes(image)).isEqualTo(expected);
	}

	@Test
	void aBackupIsLookedAtBeforeItIsExported() throws IOException {
		Path image = directory.resolve("image");
		export(store, backup.backup(), image);

		ExportOutlook outlook = new Export(store, LAYOUT, Pause.real(), new Concurrency(2)).look(backup.volume(),
				backup.backup());

		assertThat(outlook.size().bytes()).isEqualTo(backup.size());
		assertThat(outlook.content().bytes()).isBetween(1L, backup.size() / 4);
		assertThat(outlook.beginning()).hasSize(2 << 20);
		try (InputStream content = Files.newInputStream(image)) {
			assertThat(outlook.beginning()).isEqualTo(content.readNBytes(2 << 20));
		}
	}

	@Test
	void aBackupThatWasNeverFinishedIsRefused() throws IOException {
		String key = LAYOUT.manifest(backup.volume(), backup.backup());
		String manifest = new String(read(key), StandardCharsets.UTF_8);
		store.put(key, manifest.replaceFirst("\"CreatedTime\":\"[^\"]+\"", "\"CreatedTime\":\"\"")
			.getBytes(StandardCharsets.UTF_8));

		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> export(store, backup.backup(), directory.resolve("image")))
			.withMessage("backup '%s' was never finished".formatted(backup.backup()))
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(FailureCode.BACKUP_IN_PROGRESS));
		assertThat(directory).isEmptyDirectory();
	}

	@Test
	void aBlockBeyondTheVolumeIsRefusedBeforeAnythingIsWritten() throws IOException {
		String key = LAYOUT.volumeConfig(backup.volume());
		String config = new String(read(key), StandardCharsets.UTF_8);
		store.put(key,
				config.replace("\"Size\":\"268435456\"", "\"Size\":\"2097152\"").getBytes(StandardCharsets.UTF_8));

		assertThatExceptionOfType(DamagedData.class)
			.isThrownBy(() -> export(store, backup.backup(), directory.resolve("image")))
			.withMessageContaining("beyond the volume's 2097152 bytes");
		assertThat(directory).isEmptyDirectory();
	}

	@Test
	void aVolumeOnABackingImageIsRefused() throws IOException {
		String key = LAYOUT.volumeConfig(backup.volume());
		String config = new String(read(key), StandardCharsets.UTF_8);
		store.put(key, config.replace("\"BackingImageName\":\"\\\"\\\"\"", "\"BackingImageName\":\"\\\"debian-12\\\"\"")
			.getBytes(StandardCharsets.UTF_8));

		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> export(store, backup.backup(), directory.resolve("image")))
			.withMessageContaining("lies on the backing image 'debian-12'");
	}

	@Test
	void aFileThatExistsIsNeverOverwritten() throws IOException {
		Path image = Files.writeString(directory.resolve("image"), "precious");

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> export(store, backup.backup(), image))
			.withMessage("'%s' exists already".formatted(image))
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(FailureCode.OUTPUT_NOT_WRITABLE));
		assertThat(image).hasContent("precious");
	}

	@Test
	void aDirectoryThatDoesNotExistIsNamed() {
		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> export(store, backup.backup(), directory.resolve("no/image")))
			.withMessageContaining("does not exist");
	}

	@Test
	void anUnknownVolumeOrBackupIsNamed() {
		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> export(store, new BackupName("backup-0"), directory.resolve("image")))
			.withMessage("volume '%s' has no backup 'backup-0'".formatted(backup.volume()));
		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> new Export(store, LAYOUT, Pause.real(), Concurrency.DEFAULT)
				.export(new VolumeName("pvc-0"), backup.backup(), directory.resolve("image"), ExportListener.NONE))
			.withMessage("the target holds no volume 'pvc-0'");
	}

	@Test
	void beingToldToStopLeavesNothingBehind() throws InterruptedException {
		CountDownLatch reading = new CountDownLatch(1);
		ObjectStore slow = new HangingStore(store, reading);
		AtomicReference<LonghaulException> failure = new AtomicReference<>();
		Thread export = new Thread(() -> {
			try {
				export(slow, backup.backup(), directory.resolve("image"));
			}
			catch (LonghaulException ex) {
				failure.set(ex);
			}
		});
		export.start();
		reading.await();

		export.interrupt();
		export.join(Duration.ofSeconds(20).toMillis());

		assertThat(failure.get()).isInstanceOf(Interruption.class);
		assertThat(directory).isEmptyDirectory();
	}

	private ExportReport export(ObjectStore from, BackupName name, Path image) {
		VolumeName volume = real(name);
		return new Export(from, LAYOUT, Pause.real(), new Concurrency(2)).export(volume, name, image,
				ExportListener.NONE);
	}

	private VolumeName real(BackupName name) {
		try {
			return real.healthy()
				.stream()
				.filter(healthy -> healthy.backup().equals(name))
				.map(RealBackup::volume)
				.findFirst()
				.orElse(backup.volume());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String anyBlock() {
		return blocks().findFirst().orElseThrow();
	}

	private Stream<String> blocks() {
		String manifest = new String(read(LAYOUT.manifest(backup.volume(), backup.backup())), StandardCharsets.UTF_8);
		return Pattern.compile("\"BlockChecksum\":\"([0-9a-f]{64})\"")
			.matcher(manifest)
			.results()
			.map(checksum -> LAYOUT.block(backup.volume(), Checksum.parse(checksum.group(1))));
	}

	private byte[] read(String key) {
		try (StoredObject object = store.open(key).orElseThrow()) {
			return object.content().readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Bytes on disk: the JDK does not tell, so the tool of the system is asked. */
	private static long occupied(Path file) throws IOException {
		Process du = new ProcessBuilder("du", "-k", file.toString()).start();
		String answer = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return Long.parseLong(answer.substring(0, answer.indexOf('\t'))) * 1024;
	}

	private static void isDamage(DamagedData ex) {
		assertThat(ex.code()).isEqualTo(FailureCode.BACKUP_DAMAGED);
		assertThat(ex.hint()).startsWith("longhaul verify");
	}

	private static String sha256(Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file);
				DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
			digest.transferTo(OutputStream.nullOutputStream());
			return HexFormat.of().formatHex(digest.getMessageDigest().digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Opens no block, ever. */
	private static final class HangingStore extends ForwardingObjectStore {

		private final CountDownLatch reading;

		HangingStore(ObjectStore delegate, CountDownLatch reading) {
			super(delegate);
			this.reading = reading;
		}

		@Override
		public Optional<StoredObject> open(String key) {
			if (!key.endsWith(".blk")) {
				return super.open(key);
			}
			reading.countDown();
			try {
				new CountDownLatch(1).await();
				return Optional.empty();
			}
			catch (InterruptedException ex) {
				throw Interruption.of(ex, "opening " + key);
			}
		}

	}

}
