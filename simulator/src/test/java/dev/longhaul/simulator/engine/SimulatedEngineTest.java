package dev.longhaul.simulator.engine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.write.BackupMode;
import dev.longhaul.backupstore.write.BackupOrder;
import dev.longhaul.backupstore.write.LockPace;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.simulator.engine.BackupStatus.State;
import dev.longhaul.simulator.fault.Fault;
import dev.longhaul.simulator.fault.Faults;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Reads what the engine stored with nothing but the JDK and the format's description.
 */
class SimulatedEngineTest {

	private static final VolumeName VOLUME = new VolumeName("test-vol");

	/** H("test-vol") begins with d02f. */
	private static final String FOLDER = "nas/backupstore/volumes/d0/2f/test-vol/";

	private static final int MIB_2 = 2 * 1024 * 1024;

	private final Random random = new Random(11);

	private final HeapStore store = new HeapStore();

	private final Faults faults = new Faults();

	private final Target target = new Target("default", "s3://bucket@local/nas/", store, new BackupstoreLayout("nas/"));

	@TempDir
	Path temp;

	private SimulatedEngine engine;

	@BeforeEach
	void makeEngine() throws IOException {
		EngineParts parts = new EngineParts(Clock.systemUTC(), Pause.real(),
				new LockPace(Duration.ofMillis(1), Duration.ofMillis(20)), Runnable::run, Freeze.NONE, faults);
		engine = new Engines(temp, parts).create(VOLUME, ByteSize.ofMebibytes(64));
		engine.start();
	}

	@ParameterizedTest
	@EnumSource(CompressionMethod.class)
	void imageRebuiltFromTheStoreIsTheSnapshot(CompressionMethod compression) throws Exception {
		write("photo.jpg", 9_000_000);
		write("notes.txt", 100);
		Path image = snapshot("snap-a");

		backup("backup-a", "snap-a", BlockSize.MIB_2, compression);

		byte[] rebuilt = rebuild("backup-a", MIB_2, compression);
		assertThat(rebuilt).isEqualTo(Files.readAllBytes(image));
		assertThat(HexFormat.of().formatHex(rebuilt, 0x438, 0x43a)).as("ext4's magic").isEqualTo("53ef");
	}

	@Test
	void blocksOfSixteenMebibytesCarryTheSameImage() throws Exception {
		write("photo.jpg", 20_000_000);
		Path image = snapshot("snap-a");

		backup("backup-a", "snap-a", BlockSize.MIB_16, CompressionMethod.LZ4);

		assertThat(rebuild("backup-a", 16 * 1024 * 1024, CompressionMethod.LZ4)).isEqualTo(Files.readAllBytes(image));
		assertThat(text("backups/backup_backup-a.cfg")).contains("\"backup-block-size\":\"16777216\"");
	}

	@Test
	void incrementalBackupUploadsOnlyWhatChangedAndCarriesTheWholeMap() throws Exception {
		write("big.db", 20_000_000);
		snapshot("snap-a");
		backup("backup-a", "snap-a", BlockSize.MIB_2, CompressionMethod.LZ4);
		long before = blocks();

		try (RandomAccessFile file = new RandomAccessFile(engine.files().resolve("big.db").toFile(), "rw")) {
			file.seek(10_000_000);
			file.write(1);
		}
		Path image = snapshot("snap-b");
		backup("backup-b", "snap-b", BlockSize.MIB_2, CompressionMethod.LZ4);

		assertThat(blocks() - before).as("blocks of data, and of the file's time").isBetween(1L, 2L);
		assertThat(text("backups/backup_backup-b.cfg")).contains("\"IsIncremental\":true")
			.contains("\"ProcessingBlocks\":null");
		assertThat(rebuild("backup-b", MIB_2, CompressionMethod.LZ4)).isEqualTo(Files.readAllBytes(image));
		assertThat(text("volume.cfg")).contains("\"LastBackupName\":\"backup-b\"")
			.contains("\"CompressionMethod\":\"\\\"lz4\\\"\"");
	}

	@Test
	void everySnapshotOfAChangingVolumeIsRestorable() throws Exception {
		Map<String, byte[]> images = new TreeMap<>();
		for (int night = 0; night < 6; night++) {
			write("file" + night % 4, random.nextInt(6_000_000));
			write("log" + night, 50_000);
			Files.deleteIfExists(engine.files().resolve("log" + (night - 2)));
			images.put("backup-" + night, Files.readAllBytes(snapshot("snap-" + night)));
			backup("backup-" + night, "snap-" + night, BlockSize.MIB_2, CompressionMethod.LZ4);
			if (night > 1) {
				engine.removeSnapshot(new SnapshotName("snap-" + (night - 2)));
			}
		}

		for (Map.Entry<String, byte[]> image : images.entrySet()) {
			assertThat(rebuild(image.getKey(), MIB_2, CompressionMethod.LZ4)).as(image.getKey())
				.isEqualTo(image.getValue());
		}
		assertThat(engine.snapshots()).extracting(snapshot -> snapshot.name().value())
			.containsExactly("snap-4", "snap-5");
	}

	@Test
	void parentOfTheHeadStaysMarkedUntilAnotherSnapshotIsTaken() throws Exception {
		snapshot("snap-a");
		engine.removeSnapshot(new SnapshotName("snap-a"));
		assertThat(engine.snapshots()).singleElement().satisfies(left -> assertThat(left.removed()).isTrue());

		snapshot("snap-b");

		assertThat(engine.snapshots()).singleElement()
			.satisfies(left -> assertThat(left.name().value()).isEqualTo("snap-b"));
	}

	@Test
	void withoutTheBaseSnapshotEverythingIsComparedAndWhatIsStoredIsSkipped() throws Exception {
		write("big.db", 9_000_000);
		snapshot("snap-a");
		backup("backup-a", "snap-a", BlockSize.MIB_2, CompressionMethod.LZ4);
		long before = blocks();
		engine.loseSnapshot(new SnapshotName("snap-a"));

		snapshot("snap-b");
		backup("backup-b", "snap-b", BlockSize.MIB_2, CompressionMethod.LZ4);

		assertThat(blocks()).isEqualTo(before);
		assertThat(text("backups/backup_backup-b.cfg")).contains("\"IsIncremental\":false")
			.contains("\"NewlyUploadedDataSize\":\"0\"");
	}

	@Test
	void deletedBackupTakesItsOwnBlocksAndNoOthers() throws Exception {
		write("stays", 9_000_000);
		write("goes", 5_000_000);
		snapshot("snap-a");
		backup("backup-a", "snap-a", BlockSize.MIB_2, CompressionMethod.LZ4);
		write("goes", 5_000_000);
		Path image = snapshot("snap-b");
		backup("backup-b", "snap-b", BlockSize.MIB_2, CompressionMethod.LZ4);
		long both = blocks();

		SimulatedEngine.deleteBackup(target, VOLUME, new BackupName("backup-a"), parts());

		assertThat(blocks()).isLessThan(both);
		assertThat(rebuild("backup-b", MIB_2, CompressionMethod.LZ4)).isEqualTo(Files.readAllBytes(image));
		assertThat(text("volume.cfg")).contains("\"BlockCount\":\"" + blocks() + "\"");
		assertThat(keys("locks/")).isEmpty();
	}

	@Test
	void deletedLastBackupHandsItsPlaceToTheOneBefore() throws Exception {
		write("a", 1000);
		snapshot("snap-a");
		backup("backup-a", "snap-a", BlockSize.MIB_2, CompressionMethod.LZ4);
		snapshot("snap-b");
		backup("backup-b", "snap-b", BlockSize.MIB_2, CompressionMethod.LZ4);

		SimulatedEngine.deleteBackup(target, VOLUME, new BackupName("backup-b"), parts());

		assertThat(text("volume.cfg")).contains("\"LastBackupName\":\"backup-a\"");
	}

	@Test
	void crashLeavesLockPlaceholderAndBlocks() throws Exception {
		write("big", 20_000_000);
		snapshot("snap-a");
		faults.inject(new Fault.UploadBreaks(VOLUME, 3, Fault.How.ENGINE_CRASHES));

		backup("backup-a", "snap-a", BlockSize.MIB_2, CompressionMethod.LZ4);

		assertThat(engine.isRunning()).isFalse();
		assertThat(keys("locks/")).hasSize(1);
		assertThat(text("backups/backup_backup-a.cfg")).isEqualTo("{\"Name\":\"backup-a\",\"VolumeName\":\"test-vol\","
				+ "\"SnapshotName\":\"\",\"SnapshotCreatedAt\":\"\",\"CreatedTime\":\"\",\"Size\":\"0\","
				+ "\"Labels\":null,\"Parameters\":null,\"IsIncremental\":false,\"CompressionMethod\":\"lz4\","
				+ "\"NewlyUploadedDataSize\":\"0\",\"ReUploadedDataSize\":\"0\",\"ProcessingBlocks\":null,"
				+ "\"SingleFile\":{\"FilePath\":\"\"}}");
		assertThat(blocks()).as("three, and what the other thread had under way").isBetween(3L, 4L);
		assertThat(faults.unfired()).isEmpty();
	}

	@Test
	void unfinishedBackupKeepsTheBlocksOfDeletedOnes() throws Exception {
		write("big", 20_000_000);
		snapshot("snap-a");
		faults.inject(new Fault.UploadBreaks(VOLUME, 3, Fault.How.ENGINE_CRASHES));
		backup("backup-a", "snap-a", BlockSize.MIB_2, CompressionMethod.LZ4);
		store.delete(keys("locks/"));
		engine.start();
		backup("backup-b", "snap-a", BlockSize.MIB_2, CompressionMethod.LZ4);
		long before = blocks();

		SimulatedEngine.deleteBackup(target, VOLUME, new BackupName("backup-b"), parts());

		assertThat(keys("backups/")).hasSize(1);
		assertThat(blocks()).isEqualTo(before);
	}

	@Test
	void liveLockOfABackupKeepsADeletionOut() throws Exception {
		write("a", 1000);
		snapshot("snap-a");
		backup("backup-a", "snap-a", BlockSize.MIB_2, CompressionMethod.LZ4);
		store.put(FOLDER + "locks/lock-0a1b2c3d4e5f6071.lck",
				"{\"Name\":\"lock-0a1b2c3d4e5f6071\",\"Type\":1,\"Acquired\":true}".getBytes(StandardCharsets.UTF_8));

		assertThatThrownBy(() -> SimulatedEngine.deleteBackup(target, VOLUME, new BackupName("backup-a"), parts()))
			.hasMessageMatching("failed to acquire lock " + FOLDER
					+ "locks/lock-[0-9a-f]{16}.lck when performing backup delete, please try again later");

		assertThat(keys("locks/")).containsExactly(FOLDER + "locks/lock-0a1b2c3d4e5f6071.lck");
		assertThat(keys("backups/")).hasSize(1);
	}

	private EngineParts parts() {
		return new EngineParts(Clock.systemUTC(), Pause.real(),
				new LockPace(Duration.ofMillis(1), Duration.ofMillis(20)), Runnable::run, Freeze.NONE, faults);
	}

	private Path snapshot(String name) throws Exception {
		return engine.takeSnapshot(new SnapshotName(name), Map.of()).image();
	}

	private void backup(String name, String snapshot, BlockSize blockSize, CompressionMethod compression)
			throws Exception {
		BackupOrder order = new BackupOrder(VOLUME, new BackupName(name), BackupMode.INCREMENTAL, blockSize,
				compression, Map.of("our.example/run", "r<1>"), "longhorn", 2);
		engine.startBackup(order, new SnapshotName(snapshot), target);
		if (engine.isRunning()) {
			BackupStatus status = engine.backup(new BackupName(name));
			assertThat(status.error()).isEmpty();
			assertThat(status.state()).isEqualTo(State.COMPLETE);
			assertThat(status.url()).isEqualTo("s3://bucket@local/nas/?backup=" + name + "&volume=test-vol");
		}
	}

	/** Puts the volume together as the format's description says. */
	private byte[] rebuild(String backup, int blockSize, CompressionMethod compression) throws Exception {
		byte[] image = new byte[64 * 1024 * 1024];
		Matcher block = Pattern.compile("\\{\"Offset\":(\\d+),\"BlockChecksum\":\"([0-9a-f]{64})\"}")
			.matcher(text("backups/backup_" + backup + ".cfg"));
		int count = 0;
		long previous = -1;
		while (block.find()) {
			long offset = Long.parseLong(block.group(1));
			assertThat(offset).isGreaterThan(previous);
			previous = offset;
			String sum = block.group(2);
			byte[] bytes = decompress(
					object("blocks/" + sum.substring(0, 2) + "/" + sum.substring(2, 4) + "/" + sum + ".blk"),
					compression);
			assertThat(bytes).hasSize(blockSize);
			assertThat(sha512(bytes)).startsWith(sum);
			System.arraycopy(bytes, 0, image, (int) offset, blockSize);
			count++;
		}
		assertThat(text("backups/backup_" + backup + ".cfg")).contains("\"Size\":\"" + (long) count * blockSize + "\"")
			.contains("\"our.example/run\":\"r\\u003c1\\u003e\"");
		return image;
	}

	private static byte[] decompress(byte[] stored, CompressionMethod compression) throws IOException {
		java.io.InputStream in = new java.io.ByteArrayInputStream(stored);
		return switch (compression) {
			case NONE -> stored;
			case GZIP -> new java.util.zip.GZIPInputStream(in).readAllBytes();
			case LZ4 -> {
				assertThat(HexFormat.of().formatHex(stored, 0, 7)).isEqualTo("04224d186470b9");
				yield new LZ4FrameInputStream(in).readAllBytes();
			}
		};
	}

	private static String sha512(byte[] bytes) throws Exception {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
	}

	private byte[] object(String path) {
		assertThat(store.objects()).containsKey(FOLDER + path);
		return store.objects().get(FOLDER + path).content();
	}

	private String text(String path) {
		return new String(object(path), StandardCharsets.UTF_8);
	}

	private List<String> keys(String prefix) {
		return store.objects().keySet().stream().filter(key -> key.startsWith(FOLDER + prefix)).toList();
	}

	private long blocks() {
		return keys("blocks/").size();
	}

	private void write(String name, int length) throws IOException {
		byte[] bytes = new byte[length];
		random.nextBytes(bytes);
		Files.write(engine.files().resolve(name), bytes);
	}

}
