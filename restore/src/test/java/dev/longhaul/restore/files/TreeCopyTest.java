package dev.longhaul.restore.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.longhaul.backupstore.export.LostBlock;
import dev.longhaul.restore.ext4.Ext4Damage;
import dev.longhaul.restore.ext4.Ext4FileSystem;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Over file systems that mke2fs made and debugfs changed. What a healthy one holds is
 * compared with the tree it was made of; a hostile one lies in a directory whose
 * neighbours are looked at.
 */
class TreeCopyTest {

	private static final Instant THEN = Instant.parse("2019-08-07T06:05:04Z");

	@TempDir
	private Path temp;

	private Path tree;

	private Path target;

	@BeforeEach
	void makeDirectories() throws IOException {
		tree = Files.createDirectory(temp.resolve("tree"));
		target = Files.createDirectory(temp.resolve("out")).resolve("copy");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-t ext4", "-t ext4 -b 1024", "-t ext3", "-t ext2 -b 2048",
			"-t ext4 -O inline_data -I 256", "-t ext4 -O meta_bg,^resize_inode -b 1024 -g 1024",
			"-t ext4 -O bigalloc -C 16384", "-t ext4 -O ^64bit -I 128", "-t ext2 -O ^filetype -I 128 -b 1024" })
	void whatIsInTheFileSystemIsInTheTree(String options) throws Exception {
		Random random = new Random(7);
		write("small.txt", "photos\n".getBytes(StandardCharsets.UTF_8));
		write("empty", new byte[0]);
		write("inode sized", bytes(random, 100));
		write("photos/2019/IMG 1.jpg", bytes(random, 3_000_000));
		// Where the locale of the build has such letters.
		boolean isUnicode = System.getProperty("sun.jnu.encoding", "").equals("UTF-8");
		write(isUnicode ? "photos/2019/ümläut ☂ \"quoted\".jpg" : "photos/2019/\"quoted\".jpg", bytes(random, 70_000));
		write("new\nline", bytes(random, 10));
		write("-rf", bytes(random, 10));
		for (int i = 0; i < 300; i++) {
			write("many/a file with a rather long name, number " + i, bytes(random, i));
		}
		try (RandomAccessFile sparse = new RandomAccessFile(tree.resolve("sparse").toFile(), "rw")) {
			for (int i = 0; i < 200; i++) {
				sparse.seek(i * 300_000L);
				sparse.write(bytes(random, 5000));
			}
			// With data in inodes, mke2fs 1.47.0 forgets a hole at the end.
			sparse.setLength(options.contains("inline_data") ? sparse.length() : 60_100_000);
		}
		Files.createSymbolicLink(tree.resolve("short"), Path.of("photos/2019"));
		Files.createSymbolicLink(tree.resolve("absolute"), Path.of("/etc/passwd"));
		Files.createSymbolicLink(tree.resolve("long"), Path.of("x/".repeat(100) + "y"));
		Files.createLink(tree.resolve("photos/second name"), tree.resolve("photos/2019/IMG 1.jpg"));
		Files.setPosixFilePermissions(tree.resolve("-rf"), PosixFilePermissions.fromString("rwxr-x---"));
		Files.setPosixFilePermissions(tree.resolve("photos"), PosixFilePermissions.fromString("rwxr-xr-x"));
		FileSystemImage image = FileSystemImage.of(tree, temp.resolve("img"), options.split(" "));

		TreeReport report = copy(image);

		assertThat(report.problems()).isEmpty();
		Map<String, String> expected = described(tree);
		Map<String, String> found = described(target);
		assertThat(found.keySet()).isEqualTo(expected.keySet());
		assertThat(found).allSatisfy((path, is) -> assertThat(is).as(path).isEqualTo(expected.get(path)));
		assertThat(report.files()).isEqualTo(308);
		assertThat(report.links()).isEqualTo(3);
		assertThat(occupied(target.resolve("sparse"))).isLessThan(8_000_000);
		assertThat(Files.getAttribute(target.resolve("photos/second name"), "unix:ino"))
			.isEqualTo(Files.getAttribute(target.resolve("photos/2019/IMG 1.jpg"), "unix:ino"));
	}

	@Test
	void timesPermissionsAndOwnersAreInTheTreeOrInTheList() throws Exception {
		write("photo.jpg", new byte[10]);
		write("dir/inside", new byte[10]);
		FileSystemImage image = FileSystemImage.of(tree, temp.resolve("img"), "-t", "ext4")
			.debugfs("sif photo.jpg mode 0104000", "sif photo.jpg uid 100033", "sif photo.jpg gid 33",
					"sif dir mode 040555", "sif dir uid 1000");

		copy(image, new Attributes(false));

		assertThat(Files.getPosixFilePermissions(target.resolve("photo.jpg")))
			.as("its owner may read it, and nobody becomes another by it")
			.isEqualTo(PosixFilePermissions.fromString("rw-------"));
		assertThat(Files.getPosixFilePermissions(target.resolve("dir")))
			.isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
		assertThat(Files.getPosixFilePermissions(target)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
		assertThat(line("photo.jpg")).contains("\"type\":\"file\"", "\"mode\":\"4000\"", "\"uid\":100033", "\"gid\":33",
				"\"mtime\":\"2019-08-07T06:05:04", "\"size\":10,",
				"\"sha256\":\"01d448afd928065458cf670b60f5a594d735af0172c8d67f22a81680132681ca\"");
		assertThat(Files.getLastModifiedTime(target.resolve("dir/inside")).toInstant())
			.isEqualTo(FileTime.from(THEN).toInstant());
	}

	@Test
	void rootGivesFilesTheirOwners() throws Exception {
		write("photo.jpg", new byte[10]);
		Files.createSymbolicLink(tree.resolve("link"), Path.of("photo.jpg"));
		Attributes attributes = Attributes.ofOwner(tree);
		Assumptions.assumeTrue(attributes.keepsOwners(), "only root can give files away");
		FileSystemImage image = FileSystemImage.of(tree, temp.resolve("img"), "-t", "ext4")
			.debugfs("sif photo.jpg uid 100033", "sif photo.jpg gid 34", "sif link uid 77");

		copy(image, attributes);

		assertThat(Files.getAttribute(target.resolve("photo.jpg"), "unix:uid")).isEqualTo(100033);
		assertThat(Files.getAttribute(target.resolve("photo.jpg"), "unix:gid")).isEqualTo(34);
		assertThat(Files.getAttribute(target.resolve("link"), "unix:uid", LinkOption.NOFOLLOW_LINKS)).isEqualTo(77);
	}

	@Test
	void devicesPipesAndSocketsAreListedAndNotMade() throws Exception {
		FileSystemImage image = FileSystemImage.of(tree, temp.resolve("img"), "-t", "ext4")
			.debugfs("mknod pipe p", "mknod disk b 8 0", "mknod tty c 4 0");

		TreeReport report = copy(image);

		assertThat(report.others()).isEqualTo(3);
		assertThat(report.problems()).isEmpty();
		assertThat(target.resolve("disk")).doesNotExist();
		assertThat(line("disk")).contains("\"type\":\"block device\"");
	}

	@Test
	void aNameThatIsNoTextIsWrittenSoThatItCanBeFoundAgain() throws Exception {
		write("caf_X.jpg", new byte[10]);
		FileSystemImage image = FileSystemImage.of(tree, temp.resolve("img"), "-t", "ext4", "-O", "^metadata_csum")
			.replace("caf_X.jpg", "caf\u00e9X.jpg");

		TreeReport report = copy(image);

		assertThat(report.problems()).isEmpty();
		assertThat(target.resolve("caf%E9X.jpg")).hasSize(10);
		assertThat(line("caf%E9X.jpg")).contains("\"pathBytes\":\"Y2Fm6VguanBn\"");
	}

	@Test
	void noNameLeadsOutOfTheTree() throws Exception {
		Path victim = Files.createDirectory(temp.resolve("out/victim"));
		write("aa_bb_evil", new byte[10]);
		write("..__", new byte[11]);
		write("dot_", new byte[12]);
		write("sub/inside", new byte[13]);
		FileSystemImage image = FileSystemImage.of(tree, temp.resolve("img"), "-t", "ext4", "-O", "^metadata_csum")
			.replace("aa_bb_evil", "../victi/x")
			.replace("\4\1..__", "\2\1..__")
			.replace("dot_", "a\0b_");

		TreeReport report = copy(image);

		assertThat(victim).isEmptyDirectory();
		assertThat(names(temp.resolve("out"))).containsExactlyInAnyOrder("copy", "copy.list", "victim");
		assertThat(target.resolve("..%2Fvicti%2Fx")).hasSize(10);
		assertThat(target.resolve("%2E%2E")).hasSize(11);
		assertThat(target.resolve("a%00b_")).hasSize(12);
		assertThat(target.resolve("sub/inside")).hasSize(13);
		assertThat(report.problems()).isEmpty();
	}

	@Test
	void aLinkIsNoWayOutForADirectoryOfTheSameName() throws Exception {
		Path victim = Files.createDirectory(temp.resolve("victim"));
		Files.createSymbolicLink(tree.resolve("lnk"), victim);
		write("lnj/inside", new byte[10]);
		FileSystemImage image = FileSystemImage.of(tree, temp.resolve("img"), "-t", "ext4", "-O", "^metadata_csum")
			.replace("\3\2lnj", "\3\2lnk");

		TreeReport report = copy(image);

		assertThat(victim).isEmptyDirectory();
		assertThat(Files.isSymbolicLink(target.resolve("lnk")) || Files.isDirectory(target.resolve("lnk"))).isTrue();
		assertThat(everything(target)).anyMatch(path -> path.endsWith("inside"));
		assertThat(report.problems()).isEmpty();
	}

	@Test
	void aLinkIsNoWayOutForAFileOfTheSameName() throws Exception {
		Path victim = Files.createDirectory(temp.resolve("victim"));
		Path evil = Files.writeString(temp.resolve("evil"), "evil");
		FileSystemImage image = FileSystemImage.of(tree, temp.resolve("img"), "-t", "ext4", "-O", "^metadata_csum")
			.debugfs("symlink lnk " + victim.resolve("new"), "write " + evil + " lnj")
			.replace("\3\1lnj", "\3\1lnk");

		TreeReport report = copy(image);

		assertThat(victim).isEmptyDirectory();
		assertThat(Files.readSymbolicLink(target.resolve("lnk"))).isEqualTo(victim.resolve("new"));
		assertThat(everything(target)).anyMatch(path -> path.getFileName().toString().matches("lnk%\\d+"));
		assertThat(report.problems()).isEmpty();
	}

	@Test
	void aDirectoryWithinItselfIsToldOnce() throws Exception {
		write("a/b/c", new byte[10]);
		FileSystemImage image = FileSystemImage.of(tree, temp.resolve("img"), "-t", "ext4").debugfs("ln a a/b/again");

		TreeReport report = copy(image);

		assertThat(report.problems()).containsExactly(new TreeProblem("a/b/again", "it is the directory 'a' again"));
		assertThat(target.resolve("a/b/c")).hasSize(10);
	}

	@Test
	void whatIsTornIsToldByItsPathAndTheRestComesOut() throws Exception {
		write("good", new byte[10]);
		write("torn map", bytes(new Random(1), 100_000));
		write("gone", new byte[10]);
		write("torn dir/inside", new byte[10]);
		FileSystemImage image = FileSystemImage.of(tree, temp.resolve("img"), "-t", "ext4", "-b", "1024");
		image.write(image.block("\"torn dir\"", 0) * 1024, new byte[1024])
			.debugfs("sif \"torn map\" block[0] 0", "clri gone");

		TreeReport report = copy(image);

		assertThat(report.problems()).extracting(TreeProblem::path)
			.containsExactlyInAnyOrder("torn map", "gone", "torn dir", "%nameless");
		assertThat(problem(report, "torn map"))
			.isEqualTo("the map of its blocks cannot be read; it is zeros from byte 0 on");
		assertThat(problem(report, "gone")).matches("inode \\d+, which it names, holds no file");
		assertThat(problem(report, "torn dir")).isEqualTo("its entries cannot be read from 0 on");
		assertThat(target.resolve("good")).hasSize(10);
		assertThat(line("gone")).contains("\"problem\":\"inode ");
	}

	@Test
	void filesWhoseDirectoryIsTornComeOutWithoutTheirNames() throws Exception {
		write("photos/2019/1.jpg", bytes(new Random(1), 10_000));
		write("photos/2019/trip/2.jpg", bytes(new Random(2), 20_000));
		write("top", bytes(new Random(3), 30_000));
		FileSystemImage image = FileSystemImage.of(tree, temp.resolve("img"), "-t", "ext4", "-b", "1024");
		String top = image.ask("stat top").replaceAll("(?s).*?Inode: (\\d+) .*", "$1");
		String photos = image.ask("stat photos").replaceAll("(?s).*?Inode: (\\d+) .*", "$1");
		image.write(image.block("/", 0) * 1024, new byte[1024]);

		TreeReport report = copy(image);

		assertThat(report.problems()).containsExactly(new TreeProblem("", "its entries cannot be read from 0 on"),
				new TreeProblem("%nameless", "it holds what no name leads to any more"));
		assertThat(target.resolve("%nameless").resolve(top)).hasSameBinaryContentAs(tree.resolve("top"));
		assertThat(target.resolve("%nameless").resolve(photos).resolve("2019/trip/2.jpg"))
			.hasSameBinaryContentAs(tree.resolve("photos/2019/trip/2.jpg"));
		assertThat(report.files()).isEqualTo(3);
	}

	@Test
	void aFileThatIsPartlyLostIsNamed() throws Exception {
		write("whole", bytes(new Random(1), 100_000));
		write("hit", bytes(new Random(2), 100_000));
		FileSystemImage image = FileSystemImage.of(tree, temp.resolve("img"), "-t", "ext4", "-b", "4096");
		long lost = image.block("hit", 3) * 4096;
		image.write(lost, new byte[4096]);

		TreeReport report = copy(image, new Attributes(false), List.of(new LostBlock(lost, 4096, "gone")));

		assertThat(report.problems()).hasSize(1);
		assertThat(problem(report, "hit")).matches("4 KiB of it, from byte \\d+ on, are lost and zeros instead");
	}

	@Test
	void allFilesTogetherCannotFillADiskThatIsLargerThanTheirFileSystem() throws Exception {
		for (int i = 0; i < 20; i++) {
			write("file" + i, bytes(new Random(i), 4_000));
		}
		write("big", bytes(new Random(1), 10_000_000));
		FileSystemImage image = FileSystemImage.of(tree, temp.resolve("img"), "-t", "ext4");
		byte[] size = image.read(image.inode("big") + 4, 4);
		byte[] map = image.read(image.inode("big") + 40, 60);
		for (int i = 0; i < 20; i++) {
			long inode = image.inode("file" + i);
			image.write(inode + 4, size).write(inode + 40, map);
		}

		TreeReport report = copy(image);

		assertThat(everything(target).stream().mapToLong(TreeCopyTest::occupied).sum()).isLessThan(40_000_000);
		assertThat(report.problems()).anyMatch(problem -> problem.what().startsWith("all files together"));
	}

	@Test
	void nothingThatIsFlippedAnywhereEndsTheCopyOrLeavesTheTree() throws Exception {
		write("photos/1.jpg", bytes(new Random(1), 50_000));
		write("photos/deep/er/2.jpg", bytes(new Random(2), 50_000));
		Files.createSymbolicLink(tree.resolve("link"), Path.of("photos"));
		FileSystemImage image = FileSystemImage.of(tree, temp.resolve("img"), "-t", "ext4", "-b", "1024");
		byte[] whole = Files.readAllBytes(image.file());
		Random random = new Random(42);
		for (int round = 0; round < 60; round++) {
			byte[] torn = whole.clone();
			for (int i = 0; i < 400; i++) {
				// Where the superblock, descriptors, inodes and directories are.
				torn[1024 + random.nextInt(1_000_000)] ^= (byte) (1 << random.nextInt(8));
			}
			Files.write(image.file(), torn);
			target = temp.resolve("out/copy" + round);

			try {
				copy(image);
			}
			catch (Ext4Damage ex) {
				assertThat(ex.words()).isNotBlank();
			}
			assertThat(names(temp.resolve("out"))).allMatch(name -> name.matches("copy\\d+(\\.list)?"));
		}
	}

	private TreeReport copy(FileSystemImage image) throws IOException, Ext4Damage {
		return copy(image, new Attributes(false));
	}

	private TreeReport copy(FileSystemImage image, Attributes attributes) throws IOException, Ext4Damage {
		return copy(image, attributes, List.of());
	}

	private TreeReport copy(FileSystemImage image, Attributes attributes, List<LostBlock> lost)
			throws IOException, Ext4Damage {
		try (Ext4FileSystem source = Ext4FileSystem.open(image.file()); FileList list = new FileList(list())) {
			new TreeCopy(source, new LostRanges(lost), attributes, list, FilesListener.NONE).copy(target);
			return list.report();
		}
	}

	private Path list() {
		return target.resolveSibling(target.getFileName() + ".list");
	}

	private String line(String path) throws IOException {
		return Files.readAllLines(list())
			.stream()
			.filter(line -> line.startsWith("{\"path\":\"" + path + "\""))
			.findFirst()
			.orElseThrow();
	}

	private static String problem(TreeReport report, String path) {
		return report.problems()
			.stream()
			.filter(problem -> problem.path().equals(path))
			.map(TreeProblem::what)
			.findFirst()
			.orElseThrow();
	}

	private void write(String path, byte[] content) throws IOException {
		Path file = tree.resolve(path);
		Files.createDirectories(file.getParent());
		Files.write(file, content);
		Files.setLastModifiedTime(file, FileTime.from(THEN));
	}

	private static byte[] bytes(Random random, int length) {
		byte[] bytes = new byte[length];
		random.nextBytes(bytes);
		return bytes;
	}

	private static List<String> names(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map(file -> file.getFileName().toString()).toList();
		}
	}

	private static List<Path> everything(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.toList();
		}
	}

	private static long occupied(Path file) {
		try {
			Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
			return Long.parseLong(new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
					* 512;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** All of a tree but lost+found: kinds, contents, permissions, times of files. */
	private static Map<String, String> described(Path root) throws IOException {
		Map<String, String> described = new TreeMap<>();
		for (Path path : everything(root)) {
			String name = root.relativize(path).toString();
			if (name.isEmpty() || name.equals("lost+found")) {
				continue;
			}
			BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
			if (attributes.isSymbolicLink()) {
				described.put(name, "-> " + Files.readSymbolicLink(path));
			}
			else {
				String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
				String content = attributes.isDirectory() ? "" : " " + Arrays.hashCode(Files.readAllBytes(path)) + " "
						+ attributes.lastModifiedTime().toInstant().getEpochSecond();
				described.put(name, permissions + content);
			}
		}
		return described;
	}

}
