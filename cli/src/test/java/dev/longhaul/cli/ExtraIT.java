package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.bucket.call.Call;
import dev.longhaul.bucket.call.Operation;
import dev.longhaul.bucket.fault.CallPattern;
import dev.longhaul.bucket.fault.Fault;
import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.MadeTarget;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Removes from mirrors in buckets that refuse what Backblaze B2 refuses, and in
 * directories.
 */
class ExtraIT {

	private static final String COPY = "s3://copy@eu-central-003/home";

	private static final VolumeName DB = new VolumeName("db");

	private static final int BLOCKS = 1030;

	@TempDir
	private Path directory;

	private BucketAtWork bucket;

	private List<Checksum> blocks;

	/** More blocks than one call deletes go with the first backup. */
	@BeforeEach
	void start() throws IOException {
		MadeTarget target = new MadeTarget(directory.resolve("target"));
		target.putVolume("db", 2L * BLOCKS * MadeTarget.BLOCK_SIZE);
		blocks = target.putBlocks("db", BLOCKS);
		target.putManifest("db", "backup-1", blocks.subList(0, 1010));
		target.putManifest("db", "backup-2", blocks.subList(1005, BLOCKS));
		bucket = BucketAtWork.holding(target, directory.resolve("buckets"));
		bucket.create("copy");
	}

	@AfterEach
	void stop() throws IOException {
		bucket.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { COPY, "file" })
	void removesABackupAndItsOwnBlocks(String kind) throws IOException {
		String copy = kind.equals("file") ? "file://" + Files.createDirectory(directory.resolve("copy")) : COPY;
		givenTheFirstWasDeleted(copy);
		bucket.calls().clear();

		Outcome outcome = apply(copy);

		assertThat(outcome.out()).startsWith("● removed   db   backup-1; 1005 blocks, ");
		assertThat(outcome.status()).as(outcome.errors()).isZero();
		assertIsACopy(copy);
		assertThat(cli().run("verify", copy).out()).contains("● 1 backup proven");
		assertThat(bucket.calls().latest()).filteredOn(call -> call.bucket().equals("backups"))
			.extracting(Call::operation)
			.containsOnly(Operation.LIST_OBJECTS);
		assertThat(cli().run("mirror", BucketAtWork.URL, copy).out()).doesNotContain("only in the destination");
	}

	@Test
	void bearsABucketThatIsBusyAndGoesOnWhereItRefuses() {
		givenTheFirstWasDeleted(COPY);
		bucket.faults().next(2, CallPattern.of(Operation.DELETE_OBJECTS), Fault.slowDown(Duration.ofSeconds(1)));
		bucket.faults().after(2, Integer.MAX_VALUE, CallPattern.of(Operation.DELETE_OBJECTS), Fault.accessDenied());

		Outcome refused = apply(COPY);
		bucket.faults().clear();
		assertThat(refused.errors()).contains("[TARGET_REFUSED]\nhint: ");
		assertThat(refused.status()).isEqualTo(3);
		assertThat(cli().run("verify", COPY).status()).isZero();

		Outcome next = apply(COPY);

		assertThat(next.status()).as(next.errors()).isZero();
		assertIsACopy(COPY);
	}

	@Test
	void nothingGoesWhileAListingOfEitherSideFails() {
		givenTheFirstWasDeleted(COPY);
		Set<String> before = keys(COPY);
		int failures = 0;
		for (Outcome outcome = planWithFailure(failures); outcome.status() != 0; outcome = planWithFailure(failures)) {
			assertThat(outcome.errors()).contains("[TARGET_REFUSED]");
			assertThat(outcome.status()).isEqualTo(3);
			assertThat(keys(COPY)).isEqualTo(before);
			failures++;
		}
		assertThat(failures).as("listings of a plan, on both sides").isBetween(3, 20);
	}

	/** From the listing of that number on, every one is refused. */
	private Outcome planWithFailure(int listing) {
		bucket.faults().after(listing, Integer.MAX_VALUE, CallPattern.of(Operation.LIST_OBJECTS), Fault.accessDenied());
		Outcome outcome = later().run("extra", "plan", BucketAtWork.URL, COPY, "--no-pins");
		bucket.faults().clear();
		return outcome;
	}

	private void givenTheFirstWasDeleted(String copy) {
		assertThat(cli().run("mirror", BucketAtWork.URL, copy).status()).isZero();
		BackupstoreLayout layout = new BackupstoreLayout(BucketAtWork.PATH);
		try (ObjectStore store = open(BucketAtWork.URL)) {
			store.delete(List.of(layout.manifest(DB, new BackupName("backup-1"))));
			store.delete(blocks.subList(0, 1000).stream().map(block -> layout.block(DB, block)).toList());
			store.delete(blocks.subList(1000, 1005).stream().map(block -> layout.block(DB, block)).toList());
		}
		assertThat(cli().run("mirror", BucketAtWork.URL, copy).status()).isZero();
	}

	private Outcome apply(String copy) {
		String hash = later().run("extra", "plan", BucketAtWork.URL, copy, "--no-pins", "--output", "json")
			.json()
			.at("/plan")
			.asString();
		return later().run("extra", "apply", BucketAtWork.URL, copy, "--no-pins", "--approve", hash);
	}

	private void assertIsACopy(String copy) {
		Set<String> left = keys(copy);
		left.removeIf(key -> key.startsWith("longhaul/mirror/") || key.endsWith(".lck"));
		assertThat(left).isEqualTo(keys(BucketAtWork.URL));
	}

	/** Below the path of a target. */
	private Set<String> keys(String url) {
		String path = TargetUrl.parse(url).path();
		Set<String> keys = new TreeSet<>();
		try (ObjectStore store = open(url)) {
			new Listing(store, path).forEachRemaining(object -> keys.add(object.key().substring(path.length())));
		}
		return keys;
	}

	private ObjectStore open(String url) {
		return Targets.open(TargetUrl.parse(url), bucket.variables(), Clock.systemUTC());
	}

	private Cli cli() {
		Cli cli = new Cli();
		bucket.variables().forEach(cli::with);
		return cli;
	}

	private Cli later() {
		return cli().at(Cli.NOW.plus(Duration.ofDays(15)));
	}

}
