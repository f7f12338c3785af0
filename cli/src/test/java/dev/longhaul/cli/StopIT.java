package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.longhaul.bucket.call.Operation;
import dev.longhaul.bucket.fault.CallPattern;
import dev.longhaul.bucket.fault.Fault;
import dev.longhaul.cli.testing.MadeTarget;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program is told to stop while it waits for a bucket that has stopped sending.
 */
class StopIT {

	/** A person waits that long before using force. */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@TempDir
	private Path directory;

	private BucketAtWork bucket;

	@BeforeEach
	void start() throws IOException {
		MadeTarget target = new MadeTarget(directory.resolve("target"));
		target.putSmallVolume("db", "backup-1");
		bucket = BucketAtWork.holding(target, directory.resolve("buckets"));
		bucket.faults().always(CallPattern.of(Operation.GET_OBJECT).onKeys("\\.blk$"), new Fault.Stall(100));
	}

	@AfterEach
	void stop() throws IOException {
		bucket.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "INT", "TERM" })
	void endsAVerificationInOrder(String signal) throws Exception {
		assumeNotIgnored(signal);
		Program program = program("verify", BucketAtWork.URL, "--output", "json");
		awaitABlock();

		program.signal(signal);

		Awaitility.await().atMost(PATIENCE).until(program::hasEnded);
		assertThat(program.errors()).isEqualTo("""
				longhaul: interrupted while reading blocks of db   [INTERRUPTED]
				hint: run the same command again
				""");
		assertThat(program.out()).isEmpty();
		assertThat(program.status()).isEqualTo(4);
	}

	@ParameterizedTest
	@ValueSource(strings = { "INT", "TERM" })
	void leavesNoHalfWrittenImageBehind(String signal) throws Exception {
		assumeNotIgnored(signal);
		Path images = Files.createDirectory(directory.resolve("images"));
		Program program = program("export", BucketAtWork.URL, "--volume", "db", "--backup", "backup-1", "--to",
				images.resolve("db.img").toString());
		awaitABlock();
		assertThat(images).isDirectoryContaining("glob:**.partial-*");

		program.signal(signal);

		Awaitility.await().atMost(PATIENCE).until(program::hasEnded);
		assertThat(program.errors()).contains("[INTERRUPTED]").doesNotContain("\tat ");
		assertThat(program.status()).isEqualTo(4);
		assertThat(images).isEmptyDirectory();
	}

	private Program program(String... arguments) throws IOException {
		return Program.start(directory, bucket.variables(), List.of(), arguments);
	}

	private void awaitABlock() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> bucket.calls()
				.latest(Operation.GET_OBJECT)
				.stream()
				.anyMatch(call -> call.key().endsWith(".blk")));
	}

	/**
	 * A shell without job control has its children ignore SIGINT, and the JVM then leaves
	 * it at that.
	 */
	private static void assumeNotIgnored(String signal) throws IOException {
		String ignored = Files.readAllLines(Path.of("/proc/self/status"))
			.stream()
			.filter(line -> line.startsWith("SigIgn:"))
			.map(line -> line.substring("SigIgn:".length()).strip())
			.findFirst()
			.orElse("0");
		boolean interruptIsIgnored = (Long.parseUnsignedLong(ignored, 16) & 2) != 0;
		Assumptions.assumeFalse(signal.equals("INT") && interruptIsIgnored,
				"this test was itself started with SIGINT ignored, which its children inherit");
	}

}
