package dev.longhaul.cli;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.longhaul.bucket.call.CallClass;
import dev.longhaul.bucket.call.Operation;
import dev.longhaul.bucket.fault.CallPattern;
import dev.longhaul.bucket.fault.Fault;
import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.MadeTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every verb against a bucket that refuses what Backblaze B2 refuses.
 */
class BucketIT {

	@TempDir
	private Path directory;

	private MadeTarget target;

	private BucketAtWork bucket;

	@BeforeEach
	void start() throws IOException {
		target = new MadeTarget(directory.resolve("target"));
		target.putSmallVolume("db", "backup-1");
		bucket = BucketAtWork.holding(target, directory.resolve("buckets"));
	}

	@AfterEach
	void stop() throws IOException {
		bucket.close();
	}

	@Test
	void listsVerifiesAndExportsABucket() throws IOException {
		Path image = directory.resolve("db.img");

		Outcome ls = cli().run("ls", BucketAtWork.URL);
		Outcome verify = cli().run("verify", BucketAtWork.URL);
		Outcome export = cli().run("export", BucketAtWork.URL, "--volume", "db", "--backup", "backup-1", "--to",
				image.toString());

		assertThat(ls.errors()).isEmpty();
		assertThat(ls.out()).startsWith("s3://backups@eu-central-003/home/   1 volume, 1 backup\n")
			.contains("backup-1   finished");
		assertThat(verify.out()).contains("● 1 backup proven");
		assertThat(verify.status()).isZero();
		assertThat(export.status()).isZero();
		assertThat(Files.size(image)).isEqualTo(16L * MadeTarget.BLOCK_SIZE);
	}

	@Test
	void costsALookAtEachManifestAndNoBlockToList() {
		cli().run("ls", BucketAtWork.URL);

		assertThat(bucket.calls().latest(Operation.GET_OBJECT)).extracting(call -> call.key())
			.containsExactlyInAnyOrder(BucketAtWork.PATH + target.configKey("db"),
					BucketAtWork.PATH + target.manifestKey("db", "backup-1"));
		assertThat(bucket.calls().count(CallClass.C)).isLessThanOrEqualTo(3);
		assertThat(bucket.calls().count(CallClass.A)).isZero();
	}

	@Test
	void onlyReadsToVerify() {
		cli().run("verify", BucketAtWork.URL);

		assertThat(bucket.calls().count(CallClass.A)).isZero();
		assertThat(bucket.calls().latest(Operation.GET_OBJECT).stream().filter(call -> call.key().endsWith(".blk")))
			.hasSize(2);
	}

	@Test
	void saysThatTheKeyIsRefusedAndNeverTheSecret() {
		for (String verb : new String[] { "ls", "verify" }) {
			Outcome outcome = cli().with("AWS_SECRET_ACCESS_KEY", "K004AnotherSecret")
				.run(verb, BucketAtWork.URL, "--debug");

			assertThat(outcome.errors().lines().findFirst()).hasValueSatisfying(
					line -> assertThat(line).startsWith("longhaul: ").contains("backups").endsWith("[TARGET_REFUSED]"));
			assertThat(outcome.errors()).contains("\nhint: ").doesNotContain("K004AnotherSecret");
			assertThat(outcome.out()).isEmpty();
			assertThat(outcome.status()).isEqualTo(3);
		}
	}

	@Test
	void saysThatThereIsNoSuchBucket() {
		Outcome outcome = cli().run("verify", "s3://bakcups@eu-central-003/home");

		assertThat(outcome.errors()).contains("bakcups", "[BUCKET_NOT_FOUND]\nhint: ").doesNotContain("\tat ");
		assertThat(outcome.status()).isEqualTo(3);
	}

	@Test
	void saysThatABucketIsEmpty() {
		bucket.create("empty");

		Outcome outcome = cli().run("verify", "s3://empty@eu-central-003/");

		assertThat(outcome.errors()).contains("is empty   [NOT_A_BACKUPSTORE]\nhint: check the name of the bucket");
		assertThat(outcome.status()).isEqualTo(2);
	}

	@Test
	void saysWhatElseLiesInABucketThatIsNoBackupstore() {
		Outcome outcome = cli().run("verify", "s3://backups@eu-central-003/hoem");

		assertThat(outcome.errors()).contains(
				"holds no folder backupstore/; what is there begins with home/backupstore/",
				"[NOT_A_BACKUPSTORE]\nhint: give the URL exactly as Longhorn's backup target has it, with its path");
		assertThat(outcome.status()).isEqualTo(2);
	}

	@Test
	void doesNotCallABackupDamagedWhileTheBucketRefuses() {
		bucket.faults().always(CallPattern.of(Operation.GET_OBJECT).onKeys("\\.blk$"), Fault.downloadCapExceeded());

		Outcome outcome = cli().run("verify", BucketAtWork.URL, "--output", "json");

		assertThat(bucket.faults().unfired()).isEmpty();
		assertThat(outcome.errors()).contains("[B2_CAP_EXCEEDED]\nhint: ");
		assertThat(outcome.out()).isEmpty();
		assertThat(outcome.status()).isEqualTo(3);
	}

	@Test
	void bearsABucketThatIsBusy() {
		bucket.faults().next(2, CallPattern.of(Operation.GET_OBJECT), Fault.slowDown(Duration.ofSeconds(1)));
		bucket.faults().next(1, CallPattern.of(Operation.GET_OBJECT).onKeys("\\.blk$"), new Fault.CutBody(100));

		Outcome outcome = cli().run("verify", BucketAtWork.URL);

		assertThat(bucket.faults().unfired()).isEmpty();
		assertThat(outcome.status()).isZero();
	}

	@Test
	void saysThatNobodyAnswers() throws IOException {
		int free;
		try (ServerSocket socket = new ServerSocket(0)) {
			free = socket.getLocalPort();
		}

		Outcome outcome = cli().with("AWS_ENDPOINTS", "http://127.0.0.1:" + free).run("ls", BucketAtWork.URL);

		assertThat(outcome.errors()).contains("[TARGET_UNREACHABLE]\nhint: ").doesNotContain("\tat ");
		assertThat(outcome.status()).isEqualTo(3);
	}

	private Cli cli() {
		Cli cli = new Cli();
		bucket.variables().forEach(cli::with);
		return cli;
	}

}
