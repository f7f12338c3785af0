package dev.longhaul.restore.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import dev.longhaul.backupstore.export.Export;
import dev.longhaul.backupstore.export.ExportListener;
import dev.longhaul.backupstore.export.LostBlocks;
import dev.longhaul.backupstore.image.Tools;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.time.Pause;
import dev.longhaul.restore.files.FilesRestore.Manner;
import dev.longhaul.restore.files.VolumeOutcome.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * From a bucket to files, with real images and the real tools of their file systems.
 */
class FilesRestoreTest {

	private static final Manner USUAL = new Manner(LostBlocks.ARE_REFUSED, false, Tools.PLACES);

	private static final Manner BEST_EFFORT = new Manner(LostBlocks.BECOME_ZEROS, false, Tools.PLACES);

	@TempDir
	private Path temp;

	private Path tree;

	private Path out;

	private final StoredImages bucket = new StoredImages();

	private final List<String> fetched = new ArrayList<>();

	@BeforeEach
	void makeTree() throws IOException {
		tree = Files.createDirectory(temp.resolve("tree"));
		out = temp.resolve("out");
		write("photo.jpg", 3_000_000);
		write("notes.txt", 5_000);
	}

	@Test
	void theFilesOfASoundVolumeComeOutAndNothingElseStays() throws IOException {
		VolumeOrder order = bucket.put("photos", "backup-1", image().file());

		VolumeOutcome outcome = restore(USUAL, order);

		assertThat(outcome.state()).isEqualTo(State.SOUND);
		assertThat(outcome.findings()).isEmpty();
		assertThat(out.resolve("media_photos/photo.jpg")).hasSameBinaryContentAs(tree.resolve("photo.jpg"));
		assertThat(outcome.tree()).isNotNull()
			.satisfies(report -> assertThat(report.files()).isEqualTo(2))
			.satisfies(report -> assertThat(report.size().bytes()).isEqualTo(3_005_000));
		assertThat(Files.readAllLines(out.resolve("media_photos.files.jsonl"))).hasSize(4);
		assertThat(names()).containsExactlyInAnyOrder("media_photos", "media_photos.files.jsonl",
				"media_photos.restored.json");
	}

	@Test
	void whatIsWholeIsNotFetchedAgain() throws IOException {
		VolumeOrder order = bucket.put("photos", "backup-1", image().file());
		VolumeOutcome first = restore(USUAL, order);
		fetched.clear();

		VolumeOutcome second = restore(USUAL, order);

		assertThat(fetched).isEmpty();
		assertThat(second).isEqualTo(first.thereAlready());
		assertThat(second.isThereAlready()).isTrue();
	}

	@Test
	void whatWasWrittenLastComesOutOfTheJournal() throws IOException {
		FileSystemImage image = image("-t", "ext4", "-b", "1024");
		moveFirstBlockIntoTheJournal(image, "notes.txt");
		VolumeOrder order = bucket.put("photos", "backup-1", image.file());

		VolumeOutcome outcome = restore(USUAL, order);

		assertThat(outcome.state()).isEqualTo(State.SOUND);
		assertThat(out.resolve("media_photos/notes.txt")).hasSameBinaryContentAs(tree.resolve("notes.txt"));
	}

	@Test
	void aFileThatWasOpenWithoutANameIsNoDamage() throws IOException {
		write("temporary", 100_000);
		FileSystemImage image = image();
		String inode = image.ask("stat temporary").replaceAll("(?s).*?Inode: (\\d+) .*", "$1");
		image.debugfs("unlink temporary", "sif <" + inode + "> links_count 0", "ssv last_orphan " + inode);
		VolumeOrder order = bucket.put("photos", "backup-1", image.file());

		VolumeOutcome outcome = restore(USUAL, order);

		assertThat(outcome.state()).isEqualTo(State.SOUND);
		assertThat(outcome.findings()).isEmpty();
	}

	@Test
	void aFileSystemThatIsDamagedIsSaidToBeAndItsFilesComeOut() throws IOException {
		FileSystemImage image = image().debugfs("sif notes.txt links_count 7");
		VolumeOrder order = bucket.put("photos", "backup-1", image.file());

		VolumeOutcome outcome = restore(USUAL, order);

		assertThat(outcome.state()).isEqualTo(State.DAMAGED);
		assertThat(outcome.findings())
			.anyMatch(line -> line.matches("Inode \\d+ ref count is 7, should be 1.  Fix\\? no"))
			.noneMatch(line -> line.startsWith("Pass "));
		assertThat(out.resolve("media_photos/notes.txt")).hasSameBinaryContentAs(tree.resolve("notes.txt"));
	}

	@Test
	void aLostBlockMeansNothingAtAllUnlessPartIsWanted() throws IOException {
		FileSystemImage image = image("-t", "ext4", "-b", "4096");
		VolumeOrder photos = bucket.put("photos", "backup-1", image.file());
		String lost = blockOf(image, "photo.jpg", 500);
		bucket.store().delete(List.of(lost));

		VolumeOutcome refused = restore(USUAL, photos);

		assertThat(refused.state()).isEqualTo(State.FAILED);
		assertThat(refused.code()).isEqualTo(FailureCode.BACKUP_DAMAGED);
		assertThat(refused.findings()).containsExactly(lost + " is not in the bucket");
		assertThat(names()).isEmpty();

		VolumeOutcome part = restore(BEST_EFFORT, photos);

		assertThat(part.state()).isEqualTo(State.DAMAGED);
		assertThat(part.lost()).hasSize(1)
			.allSatisfy(block -> assertThat(block.why()).isEqualTo(lost + " is not in the bucket"));
		assertThat(part.tree()).isNotNull()
			.satisfies(report -> assertThat(report.problems()).extracting(TreeProblem::path).contains("photo.jpg"));
		assertThat(out.resolve("media_photos/photo.jpg")).hasSize(3_000_000);
	}

	@Test
	void whatFailsForOneVolumeIsNoMatterOfTheNext() throws IOException {
		VolumeOrder whole = bucket.put("whole", "backup-1", image().file());
		List<String> blocks = bucket.blocks();
		write("photo.jpg", 3_000_001);
		VolumeOrder torn = bucket.put("torn", "backup-1", image().file());
		bucket.store().delete(bucket.blocks().stream().filter(key -> !blocks.contains(key)).limit(1).toList());

		List<VolumeOutcome> outcomes = restoreAll(USUAL, torn, whole);

		assertThat(outcomes).extracting(VolumeOutcome::state).containsExactly(State.FAILED, State.SOUND);
	}

	@ParameterizedTest
	@CsvSource({
			"0, 4c554b53babe0001, 168, 36663362316333652d303030302d343030302d383030302d303030303030303030303031, LUKS",
			"0, 58465342, 32, 6f1b3c1e000040008000000000000001, xfs", "7, 01, 9, 02, unknown" })
	void whatIsNoExt4StaysAnImage(long first, String mark, long second, String id, String kind) throws IOException {
		Path image = temp.resolve("img");
		try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
			file.setLength(4 << 20);
		}
		new FileSystemImage(image).write(first, HexFormat.of().parseHex(mark))
			.write(second, HexFormat.of().parseHex(id));
		VolumeOrder order = bucket.put("disk", "backup-1", image);

		VolumeOutcome outcome = restore(USUAL, order);

		assertThat(outcome.fileSystem()).isEqualTo(kind);
		assertThat(outcome.state()).isEqualTo(State.UNCHECKED);
		assertThat(outcome.findings()).isNotEmpty();
		assertThat(out.resolve("media_disk.img")).hasSameBinaryContentAs(image);
		assertThat(names()).containsExactlyInAnyOrder("media_disk.img", "media_disk.restored.json");
		fetched.clear();
		assertThat(restore(USUAL, order).isThereAlready()).isTrue();
		assertThat(fetched).isEmpty();
	}

	@Test
	void anImageStaysWhereThatIsWanted() throws IOException {
		VolumeOrder order = bucket.put("photos", "backup-1", image().file());

		VolumeOutcome outcome = restore(new Manner(LostBlocks.ARE_REFUSED, true, Tools.PLACES), order);

		assertThat(outcome.image()).isEqualTo("media_photos.img");
		assertThat(out.resolve("media_photos.img")).hasSize(32 << 20);
		assertThat(out.resolve("media_photos/photo.jpg")).exists();
	}

	@ParameterizedTest
	@CsvSource({ "media_photos", "media_photos.files.jsonl", "media_photos.img", "media_photos.restored.json" })
	void nothingIsOverwrittenAndNothingFetchedInVain(String name) throws IOException {
		VolumeOrder order = bucket.put("photos", "backup-1", image().file());
		Path precious = Files.writeString(Files.createDirectory(out).resolve(name), "precious");

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> restore(USUAL, order))
			.withMessage("'%s' exists already".formatted(precious));

		assertThat(precious).hasContent("precious");
		assertThat(fetched).isEmpty();
	}

	@Test
	void aTreeOfAnotherBackupIsNotTakenForThisOne() throws IOException {
		restore(USUAL, bucket.put("photos", "backup-1", image().file()));
		VolumeOrder other = bucket.put("photos", "backup-2", image().file());

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> restore(USUAL, other))
			.withMessageContaining("is of another backup, 'backup-1'");
	}

	@Test
	void aCallThatIsKilledLeavesNothingThatLooksWholeAndTheNextGoesOn() throws IOException {
		VolumeOrder order = bucket.put("photos", "backup-1", image().file());
		restore(USUAL, order);
		// As if the last name had not been given, and the room were left.
		Files.createDirectories(out.resolve(".longhaul-restore/tree"));
		Files.move(out.resolve("media_photos"), out.resolve(".longhaul-restore/tree/half"));
		Files.writeString(out.resolve(".longhaul-restore/image"), "half");
		fetched.clear();

		VolumeOutcome outcome = restore(USUAL, order);

		assertThat(outcome.isThereAlready()).isFalse();
		assertThat(fetched).hasSize(1);
		assertThat(out.resolve("media_photos/photo.jpg")).hasSameBinaryContentAs(tree.resolve("photo.jpg"));
		assertThat(names()).containsExactlyInAnyOrder("media_photos", "media_photos.files.jsonl",
				"media_photos.restored.json");
	}

	@Test
	void toldToStopItLeavesNothingBehind() throws IOException {
		VolumeOrder order = bucket.put("photos", "backup-1", image().file());
		FilesListener stopping = new FilesListener() {
			@Override
			public void copied(long bytes) {
				Thread.currentThread().interrupt();
			}
		};

		assertThatExceptionOfType(Interruption.class).isThrownBy(() -> {
			try (Destination destination = Destination.open(out)) {
				restore(destination, USUAL, stopping, order);
			}
			finally {
				Thread.interrupted();
			}
		});

		assertThat(names()).isEmpty();
	}

	@Test
	void withoutE2fsckNothingIsFetched() throws IOException {
		VolumeOrder order = bucket.put("photos", "backup-1", image().file());

		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> restore(new Manner(LostBlocks.ARE_REFUSED, false, List.of(temp)), order))
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(FailureCode.CHECK_IMPOSSIBLE))
			.satisfies(ex -> assertThat(ex.hint()).startsWith("install e2fsprogs"));
		assertThat(fetched).isEmpty();
	}

	@Test
	void onlyOneProcessWorksInADirectory() throws IOException {
		try (Destination first = Destination.open(out)) {
			assertThat(first.directory()).isEqualTo(out);
			assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> Destination.open(out))
				.withMessageContaining("another process is restoring into");
		}
		Destination.open(out).close();
	}

	@Test
	void namesAreOneStepWhateverTheyAreMadeOf() {
		for (String name : List.of("..", ".", "a/b", "../../etc", "a\0b", "x".repeat(300), "ü".repeat(200), "",
				"%41")) {
			String claim = LocalName.of(name.getBytes(StandardCharsets.UTF_8).length == 0 ? new byte[] { 1 }
					: name.getBytes(StandardCharsets.UTF_8));
			assertThat(out.resolve(claim).normalize().getParent()).as(name).isEqualTo(out);
			assertThat(claim.getBytes(StandardCharsets.UTF_8)).as(name).hasSizeLessThanOrEqualTo(255);
		}
	}

	private FileSystemImage image(String... options) throws IOException {
		Path file = temp.resolve("img" + System.identityHashCode(options));
		Files.deleteIfExists(file);
		return FileSystemImage.of(tree, file, (options.length == 0) ? new String[] { "-t", "ext4" } : options);
	}

	private String blockOf(FileSystemImage image, String path, int number) throws IOException {
		long place = image.block(path, number) * 4096;
		byte[] block = image.read(place / (2 << 20) * (2 << 20), 2 << 20);
		String checksum = sha512(block).substring(0, 64);
		return bucket.blocks().stream().filter(key -> key.endsWith(checksum + ".blk")).findFirst().orElseThrow();
	}

	private static String sha512(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** As after a power failure: the block is in the journal, and not in its place. */
	private void moveFirstBlockIntoTheJournal(FileSystemImage image, String path) throws IOException {
		long block = image.block(path, 0);
		Path saved = Files.write(temp.resolve("block"), image.read(block * 1024, 1024));
		image.debugfs("jo", "jw -b %d %s".formatted(block, saved), "jc");
		image.write(block * 1024, new byte[1024]);
	}

	private VolumeOutcome restore(Manner manner, VolumeOrder order) throws IOException {
		return restoreAll(manner, order).get(0);
	}

	private List<VolumeOutcome> restoreAll(Manner manner, VolumeOrder... orders) {
		FilesListener noting = new FilesListener() {
			@Override
			public ExportListener fetching(String name) {
				fetched.add(name);
				return ExportListener.NONE;
			}
		};
		try (Destination destination = Destination.open(out)) {
			return restore(destination, manner, noting, orders);
		}
	}

	private List<VolumeOutcome> restore(Destination destination, Manner manner, FilesListener listener,
			VolumeOrder... orders) {
		Export export = new Export(bucket.store(), StoredImages.LAYOUT, Pause.real(), new Concurrency(2));
		return new FilesRestore(export, destination, manner, Clock.systemUTC(), listener).restore(List.of(orders));
	}

	private List<String> names() throws IOException {
		try (Stream<Path> files = Files.list(out)) {
			return files.map(file -> file.getFileName().toString()).toList();
		}
	}

	private void write(String name, int length) throws IOException {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		Files.write(tree.resolve(name), bytes);
	}

}
