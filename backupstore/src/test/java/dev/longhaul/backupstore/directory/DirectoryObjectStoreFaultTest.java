package dev.longhaul.backupstore.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.backupstore.object.WholeContent;
import dev.longhaul.backupstore.object.ObjectUpload;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

class DirectoryObjectStoreFaultTest {

	@TempDir
	private Path directory;

	private Path root;

	private DirectoryObjectStore store;

	@BeforeEach
	void open() throws IOException {
		root = Files.createDirectory(directory.resolve("root"));
		store = new DirectoryObjectStore(root);
	}

	@Test
	void aRootThatIsAFileIsRefused() throws IOException {
		Files.delete(root);
		Files.createFile(root);

		assertRefused(FailureCode.BUCKET_NOT_FOUND, () -> store.list("", ""))
			.withMessage("the directory " + root + " does not exist");
	}

	@Test
	void aRootThatGoesAwayIsRefusedAndNotAbsent() throws IOException {
		store.put("a", bytes("a"));

		Files.move(root, directory.resolve("elsewhere"));

		assertRefused(FailureCode.BUCKET_NOT_FOUND, () -> store.find("a"));
		assertRefused(FailureCode.BUCKET_NOT_FOUND, () -> store.put("a", bytes("a")));
		assertRefused(FailureCode.BUCKET_NOT_FOUND, () -> store.delete(List.of("a")));
		assertThat(root).as("an unmounted share is not made anew").doesNotExist();
	}

	@Test
	void aSymbolicLinkIsNeitherFollowedNorAbsent() throws IOException {
		Path outside = Files.createDirectory(directory.resolve("outside"));
		Files.writeString(outside.resolve("secret"), "not part of the target");
		Files.createDirectory(root.resolve("a"));
		Files.createSymbolicLink(root.resolve("a/file"), outside.resolve("secret"));
		Files.createSymbolicLink(root.resolve("a/folder"), outside);

		String explanation = " is a symbolic link, and what it leads to is not part of the target";
		assertRefused(FailureCode.TARGET_REFUSED, () -> store.find("a/file"))
			.withMessage(root.resolve("a/file") + explanation);
		assertRefused(FailureCode.TARGET_REFUSED, () -> store.open("a/folder/secret"))
			.withMessage(root.resolve("a/folder") + explanation);
		assertRefused(FailureCode.TARGET_REFUSED, () -> store.put("a/folder/new", bytes("new")));
		assertRefused(FailureCode.TARGET_REFUSED, () -> store.delete(List.of("a/folder/secret")));
		assertRefused(FailureCode.TARGET_REFUSED, () -> store.list("", ""));
		assertThat(store.list("b", "").objects()).as("a link that a listing never meets").isEmpty();
		assertThat(outside).isDirectoryContaining(file -> file.endsWith("secret"))
			.isDirectoryNotContaining(file -> file.endsWith("new"));
	}

	@Test
	void aRootThatIsALinkIsFine() throws IOException {
		Path link = Files.createSymbolicLink(directory.resolve("link"), root);
		DirectoryObjectStore linked = new DirectoryObjectStore(link);

		linked.put("a/b", bytes("b"));

		assertThat(store.find("a/b")).isPresent();
		assertThat(linked.list("", "").objects()).hasSize(1);
	}

	@Test
	void aPutLeavesNothingButTheObject() throws IOException {
		store.put("a/b", bytes("first"));
		store.put("a/b", bytes("second"));

		try (Stream<Path> files = Files.walk(root)) {
			assertThat(files.filter(Files::isRegularFile)).containsExactly(root.resolve("a/b"));
		}
	}

	@Test
	void whoIsToldToStopIsNotToldThatTheDiskIsOutOfOrder() {
		store.put("a", bytes("a"));

		assertInterrupted("open 'a'", () -> store.open("a"));
		assertInterrupted("write 'b'", () -> store.put("b", bytes("b")));
		try (ObjectUpload upload = store.upload("c")) {
			assertInterrupted("write 'c'", () -> upload.write(bytes("c"), 0, 1));
		}
		assertThat(store.list("", "").objects()).as("what was there").hasSize(1);
	}

	@Test
	void whatAKilledPutLeftIsNoObject() throws IOException {
		Files.writeString(root.resolve(".longhaul-0123456789abcdef.tmp"), "half of");

		assertThat(store.list("", "").objects()).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> store.find(".longhaul-0123456789abcdef.tmp"))
			.withMessage("a key has no name kept for temporary files: '.longhaul-0123456789abcdef.tmp'");
	}

	@Test
	void anObjectAndOneBelowItAreRefused() {
		store.put("a/b", bytes("b"));

		assertRefused(FailureCode.TARGET_REFUSED, () -> store.put("a", bytes("a")))
			.withMessage(root + " cannot hold 'a': a part of the key is taken by another object");
		assertRefused(FailureCode.TARGET_REFUSED, () -> store.put("a/b/c", bytes("c")));
		assertThat(store.list("", "").objects()).hasSize(1);
	}

	@Test
	void aFileThatIsCutWhileItIsReadIsAnErrorAndNotAnEnd() throws IOException {
		store.put("a", new byte[100_000]);

		try (StoredObject object = store.open("a").orElseThrow()) {
			object.content().readNBytes(10);
			Files.write(root.resolve("a"), new byte[50_000]);

			assertThatIOException().isThrownBy(() -> object.content().readAllBytes())
				.withMessage("'a' ended after 50000 of 100000 bytes");
		}
	}

	@Test
	void aFileThatGrowsWhileItIsReadEndsWhereItEnded() throws IOException {
		store.put("a", new byte[10]);

		try (StoredObject object = store.open("a").orElseThrow()) {
			Files.write(root.resolve("a"), new byte[20]);

			assertThat(object.content().readAllBytes()).hasSize(10);
		}
	}

	@Test
	void aPipeIsNoObject() throws Exception {
		Process mkfifo = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
		assertThat(mkfifo.waitFor(10, TimeUnit.SECONDS)).isTrue();
		assertThat(root.resolve("pipe")).exists();

		assertThat(store.find("pipe")).isEmpty();
		assertThat(store.open("pipe")).isEmpty();
		assertThat(store.list("", "").objects()).isEmpty();
	}

	@Test
	void whatMayNotBeReadIsRefusedAndNotEmpty() throws Exception {
		String answers = answersOfAnOrdinaryUser();

		assertThat(answers.lines()).containsExactly(
				"list TARGET_REFUSED could not list '' in /root: no permission on /root/closed",
				"list below TARGET_REFUSED could not list 'closed/' in /root: no permission on /root/closed",
				"list beside 1",
				"find TARGET_REFUSED could not look at 'closed/a' in /root: no permission on " + "/root/closed/a",
				"open TARGET_REFUSED could not open 'unreadable' in /root: no permission on /root/unreadable",
				"put TARGET_REFUSED could not write 'closed/b' in /root: no permission on /root/closed/.longhaul-*.tmp");
	}

	@Test
	void aFullDiskIsNamed() throws Exception {
		Path disk = Files.createDirectory(directory.resolve("disk"));
		assumeThat(run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString())).as("may mount a disk")
			.isZero();
		try {
			DirectoryObjectStore small = new DirectoryObjectStore(disk);
			small.put("a", new byte[100_000]);

			assertRefused(FailureCode.DISK_FULL, () -> small.put("b", new byte[300_000]))
				.withMessage("no room for the 300000 bytes of 'b' on the disk of " + disk);
			assertThat(small.list("", "").objects()).hasSize(1);
			assertThat(disk).isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
		}
		finally {
			run("umount", disk.toString());
		}
	}

	/**
	 * Root may read everything, so the store is run by another user where root runs this.
	 */
	private String answersOfAnOrdinaryUser() throws Exception {
		Files.createDirectory(root.resolve("closed"));
		Files.writeString(root.resolve("closed/a"), "a");
		Files.writeString(root.resolve("open"), "open");
		Files.writeString(root.resolve("unreadable"), "unreadable");
		boolean isRoot = System.getProperty("user.name").equals("root");
		List<String> command = Stream
			.of(isRoot ? Stream.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups") : Stream.<String>of(),
					Stream.of(ProcessHandle.current().info().command().orElse("java"), "-cp", readableClassPath(),
							OrdinaryUser.class.getName(), root.toString()))
			.flatMap(part -> part)
			.toList();
		run("chmod", "-R", "a+rX", directory.toString());
		run("chmod", "000", root.resolve("closed").toString(), root.resolve("unreadable").toString());
		try {
			Process process = new ProcessBuilder(command).directory(directory.toFile())
				.redirectErrorStream(true)
				.start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			return output.replace(root.toString(), "/root").replaceAll("-[0-9a-f]{16}\\.tmp", "-*.tmp");
		}
		finally {
			run("chmod", "700", root.resolve("closed").toString());
		}
	}

	/** Copies the few classes needed to where the other user may read them. */
	private String readableClassPath() throws Exception {
		Path classes = Files.createDirectory(directory.resolve("classes"));
		for (Class<?> part : List.of(LonghaulException.class, NullMarked.class, WholeContent.class,
				OrdinaryUser.class)) {
			Path source = Path.of(part.getProtectionDomain().getCodeSource().getLocation().toURI());
			assertThat(run("cp", "-r", source.toString(), classes.resolve(part.getSimpleName()).toString())).isZero();
		}
		try (Stream<Path> parts = Files.list(classes)) {
			return parts.map(Path::toString).collect(Collectors.joining(":"));
		}
	}

	private static int run(String... command) throws Exception {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		process.getInputStream().readAllBytes();
		return process.waitFor();
	}

	private static ThrowableAssertAlternative<RefusedRequest> assertRefused(FailureCode code, ThrowingCallable call) {
		return assertThatExceptionOfType(RefusedRequest.class).isThrownBy(call)
			.satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code))
			.satisfies(refusal -> assertThat(refusal.hint()).isNotBlank());
	}

	private void assertInterrupted(String attempt, ThrowingCallable call) {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(Interruption.class).isThrownBy(call)
			.withMessage("interrupted while trying to %s in %s", attempt, root);
		assertThat(Thread.interrupted()).as("callers further out notice too").isTrue();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** Runs in a process of its own and prints what the store answers. */
	static final class OrdinaryUser {

		private final DirectoryObjectStore store;

		private OrdinaryUser(Path root) {
			this.store = new DirectoryObjectStore(root);
		}

		public static void main(String[] arguments) {
			OrdinaryUser user = new OrdinaryUser(Path.of(arguments[0]));
			user.print("list", () -> user.store.list("", "").objects().size());
			user.print("list below", () -> user.store.list("closed/", "").objects().size());
			user.print("list beside", () -> user.store.list("o", "").objects().size());
			user.print("find", () -> user.store.find("closed/a").isPresent());
			user.print("open", () -> user.store.open("unreadable").isPresent());
			user.print("put", () -> {
				user.store.put("closed/b", new byte[1]);
				return "done";
			});
		}

		private void print(String what, Supplier<Object> call) {
			try {
				System.out.println(what + " " + call.get());
			}
			catch (LonghaulException ex) {
				System.out.println(what + " " + ex.code() + " " + ex.fact());
			}
		}

	}

}
