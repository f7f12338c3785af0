package dev.longhaul.simulator.ext4;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.stream.Stream;

import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.volume.ByteSize;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class Ext4ImageTest {

	private static final ByteSize SIZE = ByteSize.ofMebibytes(64);

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T02:30:00Z"), ZoneOffset.UTC);

	private final Random random = new Random(7);

	@TempDir
	Path temp;

	private Path tree;

	private Ext4Image image;

	@BeforeEach
	void makeTree() throws IOException {
		tree = Files.createDirectory(temp.resolve("tree"));
		image = image("head.img", SIZE);
	}

	@Test
	void everyKindOfNameArrivesAsItIs() throws IOException {
		Path odd = Files.createDirectories(tree.resolve("dir \"q\" x/ümläut <12>"));
		write(odd.resolve("a \"b\" \\c"), 10_000);
		write(tree.resolve("-x"), 0);
		write(tree.resolve("#big"), 5_000_000);
		Files.createSymbolicLink(tree.resolve("to nowhere"), Path.of("no/such \"thing\""));
		Files.createLink(tree.resolve("a-second-name"), odd.resolve("a \"b\" \\c"));
		Files.setPosixFilePermissions(tree.resolve("#big"), PosixFilePermissions.fromString("rw-r-----"));
		Files.setLastModifiedTime(tree.resolve("#big"), FileTime.from(Instant.parse("2020-02-29T12:00:00Z")));

		image.update(tree);

		assertSame();
	}

	@Test
	void unchangedTreeLeavesEveryByteAsItWas() throws IOException {
		write(tree.resolve("a"), 3_000_000);
		write(Files.createDirectory(tree.resolve("d")).resolve("b"), 12_345);
		image.update(tree);
		byte[] before = Files.readAllBytes(image.path());

		image.update(tree);

		assertThat(Files.readAllBytes(image.path())).isEqualTo(before);
	}

	@Test
	void adoptedDeviceStaysAsItIsUntilSomethingIsWritten() throws IOException {
		write(tree.resolve("a"), 3_000_000);
		write(Files.createDirectory(tree.resolve("d")).resolve("b"), 12_345);
		Files.createSymbolicLink(tree.resolve("d/link"), Path.of("b"));
		Files.createLink(tree.resolve("second name"), tree.resolve("a"));
		image.update(tree);
		byte[] device = Files.readAllBytes(image.path());
		Path files = Files.createDirectory(temp.resolve("restored"));
		write(files.resolve("from before"), 5);
		Ext4Image restored = new Ext4Image(temp.resolve("restored.img"), SIZE, "00000000-0000-0000-0000-00000000000b",
				CLOCK);

		restored.adopt(image.path(), files);
		restored.update(files);

		assertThat(files.resolve("from before")).doesNotExist();
		assertThat(files.resolve("a")).hasSameBinaryContentAs(tree.resolve("a"));
		assertThat(Files.readAllBytes(restored.path())).isEqualTo(device);

		image = restored;
		tree = files;
		write(files.resolve("a"), 3_000_000);
		write(files.resolve("d/c"), 10);
		restored.update(files);
		assertSame();
		assertThat(changedBlocks(device)).as("the rest of it stays where it was").isLessThan(760);
	}

	@Test
	void changedPageOfALargeFileChangesOnlyThatPlace() throws IOException {
		write(tree.resolve("a.db"), 20_000_000);
		write(tree.resolve("b.db"), 1_000_000);
		image.update(tree);
		byte[] before = Files.readAllBytes(image.path());

		try (RandomAccessFile file = new RandomAccessFile(tree.resolve("a.db").toFile(), "rw")) {
			file.seek(9_000_000);
			file.write(new byte[] { 1, 2, 3 });
		}
		image.update(tree);

		assertSame();
		assertThat(changedBlocks(before)).as("one of data, and those of the file's time").isLessThan(6);
	}

	@Test
	void changeThatTouchesNoTimeIsSeen() throws IOException {
		Path file = tree.resolve("mapped");
		write(file, 100_000);
		FileTime time = Files.getLastModifiedTime(file);
		image.update(tree);

		write(file, 100_000);
		Files.setLastModifiedTime(file, time);
		image.update(tree);

		assertSame();
	}

	@Test
	void everythingThatCanHappenToFilesBetweenTwoUpdatesIsFollowed() throws IOException {
		for (int i = 0; i < 40; i++) {
			write(Files.createDirectories(tree.resolve("d" + i % 4)).resolve("f" + i), random.nextInt(200_000));
		}
		image.update(tree);

		for (int round = 0; round < 12; round++) {
			changeSomething();
			image.update(tree);
			assertSame();
		}
	}

	@Test
	void holesOfAFileAreHolesInTheImage() throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(tree.resolve("sparse").toFile(), "rw")) {
			file.setLength(30_000_000);
			file.seek(20_000_000);
			file.write(7);
		}
		image.update(tree);
		assertSame();
		assertThat(image.used(1 << 20).cardinality()).as("used MiB").isLessThan(10);

		try (RandomAccessFile file = new RandomAccessFile(tree.resolve("sparse").toFile(), "rw")) {
			file.seek(10_000_000);
			file.write(8);
		}
		image.update(tree);

		assertSame();
	}

	@Test
	void treeThatDoesNotFitIsRefusedWithItsSize() throws IOException {
		write(tree.resolve("too big"), 70_000_000);

		assertThatThrownBy(() -> image.update(tree)).isInstanceOf(TransientFailure.class)
			.hasMessageContaining("could not be put into an ext4 filesystem of 64 MiB")
			.hasMessageContaining("Could not allocate block");
	}

	@Test
	void imageThatDidNotFitFollowsAgainWhenItFits() throws IOException {
		write(tree.resolve("small"), 1000);
		image.update(tree);
		write(tree.resolve("too big"), 70_000_000);
		assertThatThrownBy(() -> image.update(tree)).isInstanceOf(TransientFailure.class);

		Files.delete(tree.resolve("too big"));
		image.update(tree);

		assertSame();
	}

	@Test
	void sizeOfTheVolumeIsTheSizeOfTheImage() throws IOException {
		Ext4Image large = image("large.img", ByteSize.ofMebibytes(10 * 1024));

		large.update(tree);

		assertThat(Files.size(large.path())).isEqualTo(10L << 30);
		assertThat(large.used(2 << 20).cardinality() * 2).as("used MiB of an empty filesystem").isLessThan(500);
	}

	private void changeSomething() throws IOException {
		try (Stream<Path> files = Files.walk(tree)) {
			for (Path file : files.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).toList()) {
				switch (random.nextInt(12)) {
					case 0 -> Files.delete(file);
					case 1 -> write(file, random.nextInt(300_000));
					case 2 -> write(file, (int) Files.size(file));
					case 3 -> Files.write(file, bytes(5000), java.nio.file.StandardOpenOption.APPEND);
					case 4 -> Files.move(file, file.resolveSibling("moved" + random.nextInt()));
					case 5 -> Files.createLink(file.resolveSibling("link" + random.nextInt()), file);
					case 6 -> replaceByDirectory(file);
					case 7 ->
						Files.createSymbolicLink(file.resolveSibling("sym" + random.nextInt()), file.getFileName());
					default -> Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
				}
			}
		}
		write(tree.resolve("new" + random.nextInt()), random.nextInt(100_000));
	}

	private void replaceByDirectory(Path file) throws IOException {
		Files.delete(file);
		write(Files.createDirectory(file).resolve("inside"), 3000);
	}

	/** What e2fsck and debugfs find in the image is what is in the tree. */
	private void assertSame() throws IOException {
		E2fsprogs tools = new E2fsprogs(CLOCK);
		tools.run("e2fsck", List.of("-f", "-n", image.path().toString()));
		Path copy = Files.createTempDirectory(temp, "copy");
		tools.run("debugfs", List.of("-R", "rdump / \"" + copy + "\"", image.path().toString()));
		NavigableMap<String, TreeEntry> found = FileTree.scan(copy).entries();
		NavigableMap<String, TreeEntry> wanted = FileTree.scan(tree).entries();
		assertThat(found.keySet()).isEqualTo(wanted.keySet());
		for (Map.Entry<String, TreeEntry> entry : wanted.entrySet()) {
			TreeEntry was = entry.getValue();
			TreeEntry is = found.get(entry.getKey());
			assertThat(is.mode()).as("mode of %s", entry.getKey()).isEqualTo(was.mode());
			if (was.kind() == TreeEntry.Kind.SYMBOLIC_LINK) {
				assertThat(is.target()).isEqualTo(was.target());
			}
			if (was.kind() == TreeEntry.Kind.FILE) {
				assertThat(is.modified().getEpochSecond()).isEqualTo(was.modified().getEpochSecond());
				assertThat(copy.resolve(entry.getKey().substring(1)))
					.hasSameBinaryContentAs(tree.resolve(entry.getKey().substring(1)));
			}
		}
	}

	private long changedBlocks(byte[] before) throws IOException {
		byte[] after = Files.readAllBytes(image.path());
		long changed = 0;
		for (int at = 0; at < after.length; at += Ext4Image.BLOCK) {
			if (!java.util.Arrays.equals(before, at, at + Ext4Image.BLOCK, after, at, at + Ext4Image.BLOCK)) {
				changed++;
			}
		}
		return changed;
	}

	private Ext4Image image(String name, ByteSize size) {
		return new Ext4Image(temp.resolve(name), size, "3f1d8a52-7c64-4b0e-9a2f-1c5e8d7b6a90", CLOCK);
	}

	private void write(Path file, int length) throws IOException {
		Files.write(file, bytes(length));
	}

	private byte[] bytes(int length) {
		byte[] bytes = new byte[length];
		random.nextBytes(bytes);
		return bytes;
	}

}
