package dev.longhaul.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.backupstore.testing.RealBackups;
import dev.longhaul.backupstore.verify.ContentDigest;
import dev.longhaul.bucket.call.Operation;
import dev.longhaul.bucket.fault.CallPattern;
import dev.longhaul.bucket.fault.Fault;
import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.MadeNight;
import dev.longhaul.cli.testing.MadeTarget;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Mirrors from and to a bucket that refuses what Backblaze B2 refuses.
 */
class MirrorIT {

	private static final String COPY = "s3://copy@eu-central-003/home";

	private static final CallPattern PUT_OF_BLOCK = CallPattern.of(Operation.PUT_OBJECT).onKeys("\\.blk$");

	private static final CallPattern GET_OF_BLOCK = CallPattern.of(Operation.GET_OBJECT).onKeys("\\.blk$");

	@TempDir
	private Path directory;

	private MadeTarget target;

	private BucketAtWork bucket;

	@BeforeEach
	void start() throws IOException {
		target = new MadeTarget(directory.resolve("target"));
		target.putVolume("db", 64L * MadeTarget.BLOCK_SIZE);
		List<Checksum> blocks = target.putBlocks("db", 12);
		target.putManifest("db", "backup-1", blocks.subList(0, 8));
		target.putManifest("db", "backup-2", blocks.subList(2, 12));
		bucket = BucketAtWork.holding(target, directory.resolve("buckets"));
		bucket.create("copy");
	}

	@AfterEach
	void stop() throws IOException {
		bucket.close();
	}

	@Test
	void copiesABucketToAnotherAndNothingTwice() {
		Outcome first = cli().run("mirror", BucketAtWork.URL, COPY);
		Outcome second = cli().run("mirror", BucketAtWork.URL, COPY);

		assertThat(first.errors()).contains("db: 2 of 2 backups copied");
		assertThat(first.status()).isZero();
		assertThat(objects(COPY)).isEqualTo(objects(BucketAtWork.URL)).hasSize(15);
		assertThat(cli().run("verify", COPY).out()).contains("● 2 backups proven");
		assertThat(second.out()).contains("● 0 backups copied, 2 there already");
	}

	/** Longer than one part, so uploaded in several. */
	@Test
	void copiesExportsOfAnyLength() {
		byte[] dump = new byte[20_000_000];
		new Random(7).nextBytes(dump);
		MadeNight.record(BucketAtWork.URL, bucket.variables(), dump);
		bucket.calls().clear();
		bucket.faults().next(1, CallPattern.of(Operation.GET_OBJECT).onKeys("\\.zst$"), new Fault.CutBody(1_000_000));
		bucket.faults().next(1, CallPattern.of(Operation.MULTIPART_WRITE), Fault.slowDown(Duration.ofSeconds(1)));

		Outcome first = cli().run("mirror", BucketAtWork.URL, COPY);

		assertThat(bucket.faults().unfired()).isEmpty();
		assertThat(first.out()).contains("1 export copied, 19.1 MiB; 0 there already");
		assertThat(first.status()).isZero();
		assertThat(objects(COPY)).isEqualTo(objects(BucketAtWork.URL)).containsKey(MadeNight.EXPORT);
		assertThat(bucket.calls().latest(Operation.MULTIPART_WRITE)).allMatch(call -> call.bucket().equals("copy"))
			.hasSizeGreaterThan(1);
		bucket.calls().clear();
		assertThat(cli().run("mirror", BucketAtWork.URL, COPY).out()).contains("1 there already");
		assertThat(bucket.calls().latest(Operation.GET_OBJECT)).noneMatch(call -> call.key().endsWith(".zst"));
	}

	@Test
	void writesNothingWhereThereIsNothingToCopy() {
		cli().run("mirror", BucketAtWork.URL, COPY);
		bucket.calls().clear();

		cli().run("mirror", BucketAtWork.URL, COPY);

		assertThat(bucket.calls().latest(Operation.PUT_OBJECT)).isEmpty();
		assertThat(bucket.calls().latest(Operation.DELETE_OBJECTS)).isEmpty();
		assertThat(bucket.calls().latest(Operation.GET_OBJECT)).noneMatch(call -> call.key().endsWith(".blk"));
		assertThat(bucket.calls().latest(Operation.LIST_OBJECTS)).as("class C is dear").hasSizeLessThanOrEqualTo(8);
	}

	@Test
	void onlyReadsTheSource() {
		cli().run("mirror", BucketAtWork.URL, COPY);

		assertThat(bucket.calls().latest(Operation.PUT_OBJECT)).hasSize(17)
			.allMatch(call -> call.bucket().equals("copy"));
		assertThat(bucket.calls().latest()).filteredOn(call -> call.bucket().equals("backups"))
			.allMatch(call -> call.operation() == Operation.GET_OBJECT || call.operation() == Operation.LIST_OBJECTS);
	}

	@Test
	void copiesADirectoryToABucketAndBack() throws IOException {
		Path back = Files.createDirectory(directory.resolve("back"));

		assertThat(cli().run("mirror", target.url(), COPY).status()).isZero();
		assertThat(cli().run("mirror", COPY, "file://" + back).status()).isZero();

		assertThat(objects("file://" + back)).isEqualTo(objects(target.url())).hasSize(15);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "c" })
	void copiesWhatLonghornsOwnEngineWrote(String set) {
		String original = "file://" + RealBackups.findOrAbort().target(set);

		assertThat(cli().run("mirror", original, COPY).status()).isZero();

		assertThat(objects(COPY)).isEqualTo(objects(original));
		assertThat(cli().run("verify", COPY).out()).contains("● 4 backups proven");
	}

	@Test
	void copiesWhatIsHealthyOfADamagedTarget() {
		Outcome outcome = cli().run("mirror", "file://" + RealBackups.findOrAbort().target("f"), COPY);

		assertThat(outcome.status()).isEqualTo(1);
		assertThat(objects(COPY).keySet()).filteredOn(key -> key.contains("/backups/"))
			.singleElement(InstanceOfAssertFactories.STRING)
			.endsWith("backup_backup-7ab083b31647efb3.cfg");
		assertThat(cli().run("verify", COPY).status()).isZero();
	}

	@Test
	void takesTheCredentialsOfTheDestinationFromADirectory() throws IOException {
		Path credentials = Files.createDirectory(directory.resolve("credentials"));
		for (Map.Entry<String, String> variable : bucket.variables().entrySet()) {
			Files.writeString(credentials.resolve(variable.getKey()), variable.getValue() + "\n");
		}

		Outcome right = new Cli().run("mirror", target.url(), COPY, "--to-credentials", credentials.toString());
		Files.writeString(credentials.resolve("AWS_SECRET_ACCESS_KEY"), "K004AnotherSecret");
		Outcome wrong = cli().run("mirror", target.url(), COPY, "--to-credentials", credentials.toString());

		assertThat(right.status()).isZero();
		assertThat(wrong.errors()).contains("[TARGET_REFUSED]\nhint: ").doesNotContain("K004AnotherSecret");
		assertThat(wrong.status()).isEqualTo(3);
	}

	@Test
	void bearsBucketsThatAreBusy() {
		bucket.faults().next(2, GET_OF_BLOCK, Fault.slowDown(Duration.ofSeconds(1)));
		bucket.faults().next(2, GET_OF_BLOCK, new Fault.CutBody(100));
		bucket.faults().next(2, PUT_OF_BLOCK, Fault.noTomes());
		bucket.faults().next(1, PUT_OF_BLOCK, new Fault.LoseAnswer());
		bucket.faults().next(1, CallPattern.of(Operation.PUT_OBJECT).onKeys("\\.cfg$"), new Fault.Reset());

		Outcome outcome = cli().run("mirror", BucketAtWork.URL, COPY);

		assertThat(bucket.faults().unfired()).isEmpty();
		assertThat(outcome.status()).isZero();
		assertThat(objects(COPY)).isEqualTo(objects(BucketAtWork.URL));
	}

	@Test
	void callsNothingDamagedThatItCouldNotRead() {
		bucket.faults().always(GET_OF_BLOCK, new Fault.CutBody(100));

		Outcome outcome = cli().run("mirror", BucketAtWork.URL, COPY, "--output", "json");

		assertThat(outcome.errors()).contains("[TARGET_UNREACHABLE]\nhint: ");
		assertThat(outcome.out()).isEmpty();
		assertThat(outcome.status()).isEqualTo(3);
		assertThat(objects(COPY)).as("not even a lock").isEmpty();
	}

	@Test
	void stopsAtACapAndGoesOnWhenItIsLifted() {
		bucket.faults().after(5, Integer.MAX_VALUE, GET_OF_BLOCK, Fault.downloadCapExceeded());

		Outcome capped = cli().run("mirror", BucketAtWork.URL, COPY, "--concurrency", "1");
		bucket.faults().clear();
		Map<String, String> meanwhile = objects(COPY);
		bucket.calls().clear();
		Outcome lifted = cli().run("mirror", BucketAtWork.URL, COPY);

		assertThat(capped.errors()).contains("[B2_CAP_EXCEEDED]\nhint: ");
		assertThat(capped.status()).isEqualTo(3);
		assertThat(meanwhile.keySet()).hasSize(5).allMatch(key -> key.endsWith(".blk"));
		assertThat(lifted.status()).isZero();
		assertThat(bucket.calls().latest(Operation.PUT_OBJECT).stream().filter(call -> call.key().endsWith(".blk")))
			.hasSize(7);
		assertThat(objects(COPY)).isEqualTo(objects(BucketAtWork.URL));
	}

	@Test
	void removesItsLockWhenTheDestinationRefuses() {
		bucket.faults().always(PUT_OF_BLOCK, Fault.accessDenied());

		assertThat(cli().run("mirror", BucketAtWork.URL, COPY).status()).isEqualTo(3);

		assertThat(objects(COPY)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "PUT" })
	void removesItsLockWhenItIsToldToStop(String silent) throws Exception {
		bucket.faults().always(silent.equals("GET") ? GET_OF_BLOCK : PUT_OF_BLOCK, new Fault.Silence());
		Program program = program();
		awaitCalls(silent.equals("GET") ? Operation.GET_OBJECT : Operation.PUT_OBJECT, ".blk", 1);
		assertThat(objects(COPY).keySet()).anyMatch(key -> key.endsWith(".lck"));

		program.signal("TERM");

		Awaitility.await().atMost(Duration.ofSeconds(10)).until(program::hasEnded);
		assertThat(program.errors()).isEqualTo("""
				longhaul: interrupted while reading blocks of db   [INTERRUPTED]
				hint: run the same command again
				""");
		assertThat(program.status()).isEqualTo(4);
		assertThat(objects(COPY).keySet()).noneMatch(key -> key.endsWith(".lck"));
	}

	/** Seeded, so that a moment that fails can be had again. */
	@ParameterizedTest
	@ValueSource(longs = { 11, 12, 13, 14 })
	void isGoneOnWithAfterItWasKilled(long seed) throws Exception {
		int moment = 1 + new Random(seed).nextInt(16);
		bucket.faults().always(CallPattern.of(Operation.PUT_OBJECT), new Fault.Delay(Duration.ofMillis(40)));
		Program program = program();
		awaitCalls(Operation.PUT_OBJECT, "", moment);

		program.signal("KILL");

		assertThat(program.status()).isEqualTo(137);
		Map<String, String> meanwhile = settled(COPY);
		if (meanwhile.keySet().stream().anyMatch(key -> key.contains("/backups/"))) {
			JsonNode backups = cli().run("verify", COPY, "--output", "json").json().at("/volumes/0/backups");
			assertThat(backups).isNotEmpty()
				.allSatisfy(backup -> assertThat(backup.path("state").asString()).isEqualTo("proven"));
		}
		else {
			assertThat(meanwhile.keySet()).noneMatch(key -> key.endsWith(".cfg"));
		}
		bucket.faults().clear();
		assertThat(cli().run("mirror", BucketAtWork.URL, COPY).status()).isZero();
		Map<String, String> copied = objects(COPY);
		copied.keySet().removeIf(key -> key.endsWith(".lck"));
		assertThat(copied).isEqualTo(objects(BucketAtWork.URL));
	}

	private Program program() throws IOException {
		return Program.start(directory, bucket.variables(), List.of(), "mirror", BucketAtWork.URL, COPY);
	}

	private void awaitCalls(Operation operation, String suffix, int count) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> bucket.calls()
				.latest(operation)
				.stream()
				.filter(call -> call.key().endsWith(suffix))
				.count() >= count);
	}

	private Cli cli() {
		Cli cli = new Cli();
		bucket.variables().forEach(cli::with);
		return cli;
	}

	/** What is there once the calls that the killed program had begun have ended, too. */
	private Map<String, String> settled(String url) {
		AtomicReference<Map<String, String>> last = new AtomicReference<>(Map.of("nothing", "looked at yet"));
		Awaitility.await()
			.pollInterval(Duration.ofMillis(200))
			.ignoreException(NoSuchElementException.class)
			.until(() -> {
				Map<String, String> now = objects(url);
				return now.equals(last.getAndSet(now));
			});
		return last.get();
	}

	/**
	 * Every object below the path of a target, with what is in it.
	 * @throws NoSuchElementException if one was listed and is not there a moment later
	 */
	private Map<String, String> objects(String url) {
		TargetUrl parsed = TargetUrl.parse(url);
		Map<String, String> objects = new TreeMap<>();
		try (ObjectStore store = Targets.open(parsed, bucket.variables(), Clock.systemUTC())) {
			new Listing(store, parsed.path()).forEachRemaining(object -> {
				try (StoredObject opened = store.open(object.key()).orElseThrow()) {
					objects.put(object.key().substring(parsed.path().length()),
							ContentDigest.of(opened.content()).sha256());
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
		}
		return objects;
	}

}
