package dev.longhaul.scheduler.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.longhaul.backupstore.catalog.AuditArchive;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.scheduler.database.EmbeddedDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.threeten.extra.MutableClock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class AuditExportsTest {

	private static final Instant TODAY = Instant.parse("2026-11-24T00:00:00Z");

	private final MutableClock clock = MutableClock.of(Instant.parse("2026-11-23T23:00:00Z"), ZoneOffset.UTC);

	@TempDir
	private Path directory;

	private EmbeddedDatabase database;

	private ObjectStore bucket;

	private AuditLog log;

	private AuditExports exports;

	@BeforeEach
	void open() throws IOException {
		Path files = Files.createDirectories(directory.resolve("bucket"));
		TargetUrl url = TargetUrl.parse("file://" + files);
		bucket = Targets.open(url, Map.of(), clock);
		open(directory.resolve("longhaul"));
	}

	private void open(Path file) {
		database = EmbeddedDatabase.open(file, 4, clock);
		log = new AuditLog(JdbcClient.create(database.dataSource()), clock);
		exports = new AuditExports(log, new AuditArchive(bucket, new BackupstoreLayout(""), Seal.none()));
	}

	@AfterEach
	void close() {
		database.close();
		bucket.close();
	}

	@Test
	void everyRecordIsInTheBucketOnce() throws IOException {
		append(3);
		List<String> first = exports.export(TODAY);
		append(2);
		List<String> second = exports.export(TODAY);

		assertThat(first).singleElement().asString().endsWith("/000000000001-000000000003.json");
		assertThat(second).singleElement().asString().endsWith("/000000000004-000000000005.json");
		assertThat(exports.export(TODAY)).isEmpty();
		JsonNode document = read(second.get(0));
		AuditRecord newest = log.newestBefore(Long.MAX_VALUE, 1).get(0);
		assertThat(document.at("/kind").asString()).isEqualTo("longhaul.dev/audit");
		assertThat(document.at("/records/1/sequence").asLong()).isEqualTo(5);
		assertThat(document.at("/records/1/hash").asString()).isEqualTo(newest.hash());
		assertThat(document.at("/records/0/previous").asString())
			.isEqualTo(read(first.get(0)).at("/records/2/hash").asString());
		assertThat(document.at("/records/1/caller").asString()).isEqualTo("ada");
	}

	@Test
	void aDayThatIsNotOverIsLeft() {
		append(1);
		clock.add(Duration.ofHours(2));
		append(1);

		assertThat(exports.export(TODAY)).singleElement().asString().endsWith("-000000000001.json");
	}

	@Test
	void aLongLogTakesSeveralDocuments() {
		append(AuditArchive.MOST_RECORDS + 1);

		assertThat(exports.export(TODAY)).hasSize(2);
	}

	@Test
	void theLogOfANewDatabaseHasAPlaceOfItsOwn() {
		append(2);
		String before = exports.export(TODAY).get(0);
		database.close();
		clock.add(Duration.ofSeconds(1));
		open(directory.resolve("another"));
		append(2);

		assertThat(exports.export(TODAY)).singleElement().asString().isNotEqualTo(before);
	}

	@Test
	void aDayIsExportedOnceItIsOverAndAgainWhileThatFails() throws IOException {
		append(1);
		try (AuditDays days = new AuditDays(exports, clock)) {
			days.look();
			assertThat(documents()).isZero();

			clock.add(Duration.ofHours(1));
			Path files = directory.resolve("bucket");
			Files.delete(files);
			days.look();
			Files.createDirectories(files);
			assertThat(documents()).isZero();

			days.look();
			assertThat(documents()).isOne();
		}
	}

	private long documents() throws IOException {
		try (Stream<Path> files = Files.walk(directory.resolve("bucket"))) {
			return files.filter(Files::isRegularFile).count();
		}
	}

	private void append(int records) {
		for (int i = 0; i < records; i++) {
			log.append(new AuditEntry("ada", "admin", "192.0.2.1", "PUT /api/v1/jobs/{name}", "/api/v1/jobs/nightly",
					AuditOutcome.DONE, "200"));
		}
	}

	private JsonNode read(String key) throws IOException {
		return JsonMapper.shared()
			.readTree(Files.readString(directory.resolve("bucket").resolve(key), StandardCharsets.UTF_8));
	}

}
