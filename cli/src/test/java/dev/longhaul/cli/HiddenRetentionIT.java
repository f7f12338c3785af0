package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectVersion;
import dev.longhaul.backupstore.object.VersionPage;
import dev.longhaul.backupstore.object.VersionedStore;
import dev.longhaul.bucket.call.Operation;
import dev.longhaul.bucket.fault.CallPattern;
import dev.longhaul.bucket.fault.Fault;
import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.MadeTarget;
import dev.longhaul.cli.testing.Schema;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A bucket that keeps versions and refuses what Backblaze B2 refuses. A month passes by
 * its clock and by that of the command line.
 */
class HiddenRetentionIT {

	@TempDir
	private Path directory;

	private MadeTarget target;

	private BucketAtWork bucket;

	private VersionedStore store;

	private Instant now = Clock.systemUTC().instant();

	@BeforeEach
	void start() throws IOException {
		target = new MadeTarget(directory.resolve("target"));
		target.putSmallVolume("db", "backup-1");
		target.putSmallVolume("web", "backup-1");
		bucket = BucketAtWork.keepingVersionsOf(target);
		store = VersionedStore.of(bucket.open());
	}

	@AfterEach
	void stop() throws IOException {
		store.close();
		bucket.close();
	}

	@Test
	void whatIsApprovedGoesForGoodAndWhatIsPresentVerifies() throws IOException {
		deleteBackupOf("db");
		assertThat(hidden("plan").out()).contains("0 versions (0 B) to go", "stays", "version hidden too recently");
		letAMonthPass();

		Outcome plan = hidden("plan");
		Outcome json = hidden("plan", "--output", "json");
		assertThat(plan.status()).as(plan.errors()).isZero();
		assertThat(plan.out()).contains("goes", "block that no backup names", "manifest of a deleted backup");
		assertThat(Schema.of("retention-hidden-plan").violations(json.out())).isEmpty();
		String hash = json.json().at("/plan").asString();

		Outcome refused = hidden("apply", "--approve", "0".repeat(64));
		assertThat(refused.status()).isEqualTo(2);
		assertThat(refused.errors()).contains("[PLAN_CHANGED]");

		Outcome applied = hidden("apply", "--approve", hash);
		assertThat(applied.status()).as(applied.errors()).isZero();
		assertThat(applied.out()).contains("● deleted   db   ", "gone for good");
		assertThat(versionsOf("db")).isEmpty();
		assertThat(cli().run("verify", BucketAtWork.URL).out()).contains("● 1 backup proven");

		Outcome again = hidden("plan", "--output", "json");
		Outcome nothing = hidden("apply", "--approve", again.json().at("/plan").asString(), "--output", "json");
		assertThat(nothing.status()).isZero();
		assertThat(Schema.of("retention-hidden-apply").violations(nothing.out())).isEmpty();
		assertThat(nothing.json().at("/volumes")).isEmpty();
	}

	@Test
	void whatABackupNeedsIsNamedLoudlyAndBroughtBackAsSaid() {
		String block = keysOf("db").stream().filter(key -> key.endsWith(".blk")).findFirst().orElseThrow();
		store.delete(List.of(block));
		letAMonthPass();

		Outcome plan = hidden("plan");
		Outcome json = hidden("plan", "--output", "json");
		Outcome applied = hidden("apply", "--approve", json.json().at("/plan").asString());

		assertThat(plan.status()).isEqualTo(1);
		assertThat(plan.out()).contains("damage   backup-1 needs " + block + ", hidden since ");
		assertThat(applied.status()).isEqualTo(1);
		assertThat(cli().run("verify", BucketAtWork.URL).status()).isEqualTo(1);
		store.deleteVersions(
				List.of(new ObjectVersion.Id(block, json.json().at("/volumes/0/neededAndHidden/0/mark").asString())));
		assertThat(cli().run("verify", BucketAtWork.URL).status()).isZero();
	}

	@Test
	void whatTheStoreRefusesIsReported() {
		deleteBackupOf("db");
		letAMonthPass();
		String hash = hidden("plan", "--output", "json").json().at("/plan").asString();
		bucket.faults()
			.next(1, CallPattern.of(Operation.DELETE_OBJECTS), Fault.error(403, "AccessDenied", "not entitled"));

		Outcome denied = hidden("apply", "--approve", hash);

		assertThat(denied.status()).isEqualTo(3);
		assertThat(denied.errors()).contains("403 AccessDenied", "[TARGET_REFUSED]\nhint: ", "deleteFiles");
	}

	@Test
	void aDirectoryKeepsNoVersions() {
		Outcome plan = new Cli().run("retention", "hidden", "plan", target.url());

		assertThat(plan.status()).isEqualTo(2);
		assertThat(plan.errors()).contains("keeps no versions, so nothing is hidden there   [INVALID_USAGE]");
	}

	private void letAMonthPass() {
		now = now.plus(Duration.ofDays(30));
		bucket.faults().always(CallPattern.of(Operation.LIST_OBJECTS), new Fault.WrongDate(now));
	}

	private void deleteBackupOf(String volume) {
		store.delete(keysOf(volume));
	}

	private List<String> keysOf(String volume) {
		return store.list(folderOf(volume), "").objects().stream().map(ObjectInfo::key).toList();
	}

	private List<ObjectVersion> versionsOf(String volume) {
		return store.listVersions(folderOf(volume), VersionPage.Marker.after("")).versions();
	}

	private String folderOf(String volume) {
		return new BackupstoreLayout(BucketAtWork.PATH).volumePrefix(new VolumeName(volume));
	}

	private Outcome hidden(String verb, String... options) {
		List<String> arguments = new ArrayList<>(List.of("retention", "hidden", verb, BucketAtWork.URL));
		arguments.addAll(List.of(options));
		return cli().run(arguments.toArray(String[]::new));
	}

	private Cli cli() {
		Cli cli = new Cli().at(Clock.fixed(now, ZoneOffset.UTC));
		bucket.variables().forEach(cli::with);
		return cli;
	}

}
