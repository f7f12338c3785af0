package dev.longhaul.scheduler.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.catalog.AuditArchive;
import dev.longhaul.backupstore.catalog.AuditCopies;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.time.Pause;
import dev.longhaul.scheduler.database.EmbeddedDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.threeten.extra.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AuditCheckTest {

	private static final Instant TOMORROW = Instant.parse("2026-11-24T00:00:00Z");

	private final MutableClock clock = MutableClock.of(Instant.parse("2026-11-23T23:00:00Z"), ZoneOffset.UTC);

	@TempDir
	private Path directory;

	private ObjectStore bucket;

	private EmbeddedDatabase database;

	private JdbcClient sql;

	private AuditLog log;

	private AuditExports exports;

	private AuditCheck check;

	@BeforeEach
	void open() throws IOException {
		Path files = Files.createDirectories(directory.resolve("bucket"));
		bucket = Targets.open(TargetUrl.parse("file://" + files), Map.of(), clock);
		open("longhaul");
	}

	private void open(String name) {
		BackupstoreLayout layout = new BackupstoreLayout("");
		database = EmbeddedDatabase.open(directory.resolve(name), 4, clock);
		sql = JdbcClient.create(database.dataSource());
		log = new AuditLog(sql, clock);
		exports = new AuditExports(log, new AuditArchive(bucket, layout, Seal.none()));
		check = new AuditCheck(log, new AuditCopies(bucket, layout, Pause.real(), Seal.none()));
	}

	@AfterEach
	void close() {
		database.close();
		bucket.close();
	}

	@Test
	void aLogIsSoundHereAndInTheBucket() {
		assertThat(check.verify()).isEqualTo(new AuditCheck.Sound(0, 0, 0, check.verify().others()));

		append(AuditArchive.MOST_RECORDS + 3);
		exports.export(TOMORROW);
		append(2);

		AuditCheck.Sound sound = check.verify();
		assertThat(sound.records()).isEqualTo(AuditArchive.MOST_RECORDS + 5);
		assertThat(sound.copied()).isEqualTo(AuditArchive.MOST_RECORDS + 3);
		assertThat(sound.documents()).isEqualTo(2);
		assertThat(sound.others()).isEmpty();
	}

	@Test
	void aRecordThatWasChangedInTheDatabaseIsNamed() {
		append(5);
		sql.sql("UPDATE audit_record SET caller = 'nobody' WHERE sequence = 3").update();

		assertDamaged("record 3 of the audit log is not as it was written");
	}

	@Test
	void aLogThatWasWrittenAnewFromSomeRecordOnDiffersFromTheBucket() {
		append(5);
		exports.export(TOMORROW);
		sql.sql("DELETE FROM audit_record WHERE sequence > 3").update();
		append(2);

		assertDamaged("record 4 of the audit log is not the same in the database and in longhaul/audit/");
	}

	@Test
	void aLogWhoseEndWasCutOffIsShorterThanItsCopy() {
		append(5);
		exports.export(TOMORROW);
		sql.sql("DELETE FROM audit_record WHERE sequence > 3").update();

		assertDamaged("record 4 of the audit log is not the same");
	}

	@Test
	void aCopyThatWasChangedOrTakenAwayIsNamed() throws IOException {
		append(2);
		Path first = document(exports.export(TOMORROW));
		append(2);
		Path second = document(exports.export(TOMORROW));

		String content = Files.readString(second);
		Files.writeString(second, content.replace("\"sequence\":4", "\"sequence\":5"));
		assertDamaged("record 4 of the audit log is not the same");
		Files.writeString(second, "{");
		assertDamaged("is no copy of an audit log: not valid JSON");
		Files.writeString(second, content);
		Files.delete(first);
		assertDamaged("records 1 to 2 of the audit log are not in the bucket, and later ones are");
	}

	@Test
	void theLogsOfOtherDatabasesAreToldOf() {
		append(1);
		exports.export(TOMORROW);
		database.close();
		clock.add(Duration.ofSeconds(1));
		open("another");
		append(1);

		assertThat(check.verify().others()).hasSize(1);
	}

	private void assertDamaged(String fact) {
		assertThatThrownBy(check::verify).isInstanceOfSatisfying(DamagedData.class, damaged -> {
			assertThat(damaged.code()).isEqualTo(FailureCode.AUDIT_DAMAGED);
			assertThat(damaged.fact()).contains(fact);
		});
	}

	private Path document(List<String> keys) {
		return directory.resolve("bucket").resolve(keys.get(0));
	}

	private void append(int records) {
		for (int i = 0; i < records; i++) {
			clock.add(Duration.ofMillis(1));
			log.append(new AuditEntry("ada", "admin", "192.0.2.1", "PUT /api/v1/jobs/{name}", "/api/v1/jobs/nightly",
					AuditOutcome.DONE, "200"));
		}
	}

}
