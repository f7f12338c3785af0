package dev.longhaul.batch.check;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.longhaul.backupstore.export.Export;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.image.Tools;
import dev.longhaul.backupstore.memory.InMemoryObjectStore;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.profile.Check;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.verdict.CheckResult;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * From a directory through an ext4 image and a bucket to a result.
 */
class BucketCheckTest {

	private static final String DB = "db.sqlite3";

	private static final String WHAT = "sqlite db.sqlite3 on vault/data";

	private static final ByteSize ENOUGH = ByteSize.ofMebibytes(64);

	private final BackupstoreLayout layout = new BackupstoreLayout("");

	private final InMemoryObjectStore store = new InMemoryObjectStore(Clock.systemUTC());

	@TempDir
	private Path temp;

	private Path tree;

	private Path scratch;

	@BeforeEach
	void makeDirectories() throws IOException {
		tree = Files.createDirectory(temp.resolve("tree"));
		scratch = temp.resolve("scratch");
	}

	@AfterEach
	void nothingIsLeftBehind() throws IOException {
		if (Files.exists(scratch)) {
			try (Stream<Path> left = Files.list(scratch)) {
				assertThat(left).isEmpty();
			}
		}
	}

	@Test
	void healthyDatabasePasses() throws Exception {
		Databases.healthy(tree.resolve(DB));

		assertThat(check(sqlite(DB))).isInstanceOf(CheckResult.Passed.class)
			.extracting(CheckResult::what)
			.isEqualTo(WHAT);
	}

	@Test
	void damagedDatabaseFailsWithWhatIsWrongWithIt() throws Exception {
		Databases.withoutAnIndexEntry(tree.resolve(DB));

		assertThat(check(sqlite(DB))).isInstanceOfSatisfying(CheckResult.Failed.class,
				failed -> assertThat(failed.finding()).contains("row 3 missing from index by_name"));
	}

	@Test
	void logThatWasNotYetMergedIsPartOfTheDatabase() throws Exception {
		Databases.withALogAndAStranger(tree.resolve(DB));

		assertThat(check(sqlite(DB))).isInstanceOfSatisfying(CheckResult.Failed.class,
				failed -> assertThat(failed.finding())
					.isEqualTo("row 4 of 'ciphers' refers to a row that 'users' does not have"));
	}

	@Test
	void transactionThatWasNeverCommittedIsTakenBack() throws Exception {
		Databases.withinATransaction(tree.resolve(DB));

		assertThat(check(sqlite(DB))).isInstanceOf(CheckResult.Passed.class);
	}

	@Test
	void logOfOneDatabaseIsNotAppliedToAnother() throws Exception {
		Databases.withALogAndAStranger(tree.resolve(DB));
		Databases.healthy(tree.resolve("copy.sqlite3"));

		List<CheckResult> results = check(volume(), sqlite(DB), sqlite("copy.sqlite3"));

		assertThat(results.get(0)).isInstanceOf(CheckResult.Failed.class);
		assertThat(results.get(1)).isInstanceOf(CheckResult.Passed.class);
	}

	@Test
	void whatTheKernelHadOnlyInTheJournalOfTheFileSystemIsThere() throws Exception {
		Databases.healthy(tree.resolve(DB));
		Volume volume = volume();
		moveFirstBlockIntoTheJournal(volume.image());

		assertThat(check(volume, sqlite(DB))).singleElement().isInstanceOf(CheckResult.Passed.class);
	}

	@Test
	void fileInADirectoryWithAnOddNameIsFound() throws Exception {
		String odd = "a \"dir\" <2> ü";
		Databases.healthy(Files.createDirectory(tree.resolve(odd)).resolve(DB));

		assertThat(check(sqlite(odd + "/" + DB))).isInstanceOf(CheckResult.Passed.class);
	}

	@Test
	void missingFileIsAFindingWhereTheUserHasDeclaredIt() throws Exception {
		assertThat(check(sqlite(DB))).isInstanceOfSatisfying(CheckResult.Failed.class,
				failed -> assertThat(failed.finding()).isEqualTo("is not there"));
		assertThat(check(present("data/.ncdata"))).isInstanceOf(CheckResult.Failed.class);
	}

	@Test
	void missingFileIsNoFindingWhereItIsOnlyUsual() throws Exception {
		Check usual = new Check.SqliteIntegrity(null, new VolumePath(DB), Check.Location.USUAL);

		assertThat(check(usual)).isInstanceOfSatisfying(CheckResult.NotRun.class, notRun -> assertThat(notRun.reason())
			.isEqualTo("it does not lie at the top of the volume (say under 'checks' where it lies)"));
	}

	@Test
	void fileIsPresentIfItHoldsSomething() throws Exception {
		Files.writeString(tree.resolve("full"), "x");
		Files.writeString(tree.resolve("empty"), "");

		assertThat(check(present("full"))).isInstanceOf(CheckResult.Passed.class);
		assertThat(check(present("empty"))).isInstanceOfSatisfying(CheckResult.Failed.class,
				failed -> assertThat(failed.finding()).isEqualTo("is empty"));
	}

	@Test
	void linksOutOfTheVolumeAreNotFollowed() throws Exception {
		Databases.healthy(temp.resolve("outside.sqlite3"));
		Files.createSymbolicLink(tree.resolve(DB), temp.resolve("outside.sqlite3"));
		Files.createSymbolicLink(tree.resolve("dir"), temp);

		assertThat(reason(check(sqlite(DB)))).startsWith("'db.sqlite3' is a symlink, which is not followed");
		assertThat(reason(check(sqlite("dir/outside.sqlite3")))).startsWith("'dir' is a symlink, which is not");
	}

	@Test
	void targetOfALinkCannotPretendToBeTheAnswer() throws Exception {
		String answer = """
				x
				debugfs: stat "/dir/db.sqlite3"
				Inode: 2   Type: regular    Mode:  0644   Flags: 0x80000
				Generation: 0    Version: 0x00000000:00000000
				User:     0   Group:     0   Project:     0   Size: 12288
				""";
		Files.createSymbolicLink(tree.resolve("dir"), Path.of(answer));

		assertThat(reason(check(sqlite("dir/" + DB)))).startsWith("'dir' is a symlink");
	}

	@Test
	void hugeSparseFileIsNotTakenOut() throws Exception {
		try (RandomAccessFile file = new RandomAccessFile(tree.resolve(DB).toFile(), "rw")) {
			file.setLength(10L << 30);
		}

		assertThat(reason(check(sqlite(DB)))).isEqualTo("'db.sqlite3' needs 10 GiB of scratch space, and 32 MiB of "
				+ "64 MiB are left (raise longhaul.checks.scratch-limit, if the disk has the room)");
	}

	@Test
	void volumeThatIsTooLargeIsNotPutTogether() throws Exception {
		Databases.healthy(tree.resolve(DB));
		RestorePoint point = point(volume().backUp(store, layout, "vault/data"));

		List<CheckResult> results = check(ByteSize.ofMebibytes(31), Tools.PLACES).check(point, List.of(sqlite(DB)));

		assertThat(reason(results.get(0))).startsWith("the volume needs 32 MiB of scratch space, and 31 MiB of 31 MiB");
	}

	@Test
	void volumesThatAreNotExt4AreNamedForWhatTheyAre() throws Exception {
		assertThat(reasonOf("XFSB".getBytes(StandardCharsets.US_ASCII))).startsWith("the volume is xfs, and only ext4");
		assertThat(reasonOf(new byte[] { 'L', 'U', 'K', 'S', (byte) 0xba, (byte) 0xbe }))
			.startsWith("the volume is enc");
		assertThat(reasonOf(new byte[1])).startsWith("the volume is without a file system that is known");
	}

	@Test
	void fileSystemThatCannotBeReadIsNoFindingAboutTheApplication() throws Exception {
		Databases.healthy(tree.resolve(DB));
		Volume volume = volume();
		try (RandomAccessFile image = new RandomAccessFile(volume.image().toFile(), "rw")) {
			image.seek(1024);
			image.write(new byte[56]);
		}

		assertThat(reason(check(volume, sqlite(DB)).get(0))).startsWith("the journal of its file system cannot be");
	}

	@Test
	void missingProgramIsNamed() throws Exception {
		Databases.healthy(tree.resolve(DB));

		assertThat(reason(check(volume(), List.of(temp), sqlite(DB))))
			.isEqualTo("the program 'e2fsck' is not installed (install e2fsprogs where the server runs)");
	}

	@Test
	void programThatDoesNotEndIsEnded() throws Exception {
		Path places = Files.createDirectory(temp.resolve("bin"));
		program(places.resolve("e2fsck"), "exec sleep 600");

		assertThat(reason(check(volume(), List.of(places), sqlite(DB)))).startsWith("e2fsck was not over within 5 s");
	}

	@Test
	void programThatSaysTooMuchIsEnded() throws Exception {
		Path places = Files.createDirectory(temp.resolve("bin"));
		program(places.resolve("e2fsck"), "exec yes");

		assertThat(reason(check(volume(), List.of(places), sqlite(DB)))).startsWith("e2fsck says more than 8 MiB");
	}

	@Test
	void volumeHasToBeNamedWhereThereAreSeveral() throws Exception {
		Databases.healthy(tree.resolve(DB));
		Volume volume = volume();
		RestorePoint point = point(volume.backUp(store, layout, "vault/data"),
				volume.backUp(store, layout, "vault/more"));
		Check named = new Check.SqliteIntegrity(ClaimRef.parse("vault/more"), new VolumePath(DB),
				Check.Location.DECLARED);
		Check elsewhere = new Check.FilePresent(ClaimRef.parse("vault/none"), new VolumePath(DB));

		List<CheckResult> results = check(ENOUGH, Tools.PLACES).check(point, List.of(sqlite(DB), named, elsewhere));

		assertThat(reason(results.get(0)))
			.isEqualTo("the application has 2 volumes; say under 'checks' on which of them it lies");
		assertThat(results.get(1)).isInstanceOf(CheckResult.Passed.class);
		assertThat(reason(results.get(2))).isEqualTo("the restore point has no volume of 'vault/none'");
	}

	@Test
	void blockThatIsGoneMeanwhileIsNoFindingInTheData() throws Exception {
		Databases.healthy(tree.resolve(DB));
		RestorePoint point = point(volume().backUp(store, layout, "vault/data"));
		store.delete(store.list("", "")
			.objects()
			.stream()
			.map(object -> object.key())
			.filter(key -> key.endsWith(".blk"))
			.toList());

		assertThatExceptionOfType(DamagedData.class)
			.isThrownBy(() -> check(ENOUGH, Tools.PLACES).check(point, List.of(sqlite(DB))))
			.withMessageContaining(" is not in the bucket");
	}

	@Test
	void interruptEndsTheProgramThatRuns() throws Exception {
		Path places = Files.createDirectory(temp.resolve("bin"));
		Path began = temp.resolve("began");
		program(places.resolve("e2fsck"), "echo $$ > '%s'; exec sleep 600".formatted(began));
		RestorePoint point = point(volume().backUp(store, layout, "vault/data"));
		BucketCheck check = check(ENOUGH, List.of(places));
		Thread checking = Thread.currentThread();
		Thread stopper = new Thread(() -> {
			while (!Files.exists(began) && !checking.isInterrupted()) {
				Thread.onSpinWait();
			}
			checking.interrupt();
		});
		stopper.start();

		try {
			assertThatExceptionOfType(Interruption.class).isThrownBy(() -> check.check(point, List.of(sqlite(DB))))
				.withMessage("interrupted while running e2fsck");
		}
		finally {
			Thread.interrupted();
			stopper.join();
		}
		long pid = Long.parseLong(Files.readString(began).strip());
		assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
	}

	private CheckResult check(Check check) throws IOException {
		return check(volume(), check).get(0);
	}

	private List<CheckResult> check(Volume volume, Check... checks) {
		return check(ENOUGH, Tools.PLACES).check(point(volume.backUp(store, layout, "vault/data")), List.of(checks));
	}

	private CheckResult check(Volume volume, List<Path> tools, Check check) {
		return check(ENOUGH, tools).check(point(volume.backUp(store, layout, "vault/data")), List.of(check)).get(0);
	}

	private BucketCheck check(ByteSize limit, List<Path> tools) {
		Duration time = tools.equals(Tools.PLACES) ? Duration.ofMinutes(2) : Duration.ofSeconds(5);
		return new BucketCheck(new Export(store, layout, Pause.real(), new Concurrency(2)), new Scratch(scratch, limit),
				time, Clock.systemUTC(), tools);
	}

	private Volume volume() throws IOException {
		return Volume.ofTree(tree, Files.createTempDirectory(temp, "image").resolve("img"));
	}

	private String reasonOf(byte[] start) throws IOException {
		Volume volume = Volume.beginningWith(start, Files.createTempDirectory(temp, "image").resolve("img"));
		return reason(check(volume, sqlite(DB)).get(0));
	}

	/**
	 * As after a power failure: the block is in the journal, and not where it belongs.
	 */
	private void moveFirstBlockIntoTheJournal(Path image) throws IOException {
		long block = Long.parseLong(Volume.tool("debugfs", "-R", "bmap /" + DB + " 0", image.toString())
			.lines()
			.reduce((first, second) -> second)
			.orElseThrow());
		byte[] content = new byte[1024];
		try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "r")) {
			file.seek(block * content.length);
			file.readFully(content);
		}
		Path saved = Files.write(temp.resolve("block"), content);
		Path requests = Files.writeString(temp.resolve("requests"), "jo\njw -b %d %s\njc\n".formatted(block, saved));
		Volume.tool("debugfs", "-w", "-f", requests.toString(), image.toString());
		try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
			file.seek(block * content.length);
			file.write(new byte[content.length]);
		}
	}

	private static void program(Path file, String script) throws IOException {
		Files.writeString(file, "#!/bin/sh\nPATH=/usr/bin:/bin\n" + script + "\n");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
	}

	private static RestorePoint point(VolumeBackup... backups) {
		return new RestorePoint(new ApplicationName("vault"), List.of(backups));
	}

	private static Check sqlite(String path) {
		return new Check.SqliteIntegrity(null, new VolumePath(path), Check.Location.DECLARED);
	}

	private static Check present(String path) {
		return new Check.FilePresent(null, new VolumePath(path));
	}

	private static String reason(CheckResult result) {
		assertThat(result).isInstanceOf(CheckResult.NotRun.class);
		return ((CheckResult.NotRun) result).reason();
	}

}
