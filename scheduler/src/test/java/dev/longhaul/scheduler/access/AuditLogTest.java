package dev.longhaul.scheduler.access;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import dev.longhaul.scheduler.database.EmbeddedDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.threeten.extra.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;

class AuditLogTest {

	private final MutableClock clock = MutableClock.of(Instant.parse("2026-11-23T02:30:00Z"), ZoneOffset.UTC);

	@TempDir
	private Path directory;

	private EmbeddedDatabase database;

	private JdbcClient sql;

	private AuditLog log;

	@BeforeEach
	void open() {
		database = EmbeddedDatabase.open(directory.resolve("longhaul"), 8, clock);
		sql = JdbcClient.create(database.dataSource());
		log = new AuditLog(sql, clock);
	}

	@AfterEach
	void close() {
		database.close();
	}

	@Test
	void eachRecordHoldsTheHashOfTheOneBefore() {
		log.append(entry("ada"));
		clock.add(Duration.ofSeconds(1));
		log.append(entry("ben"));

		List<AuditRecord> records = log.newestBefore(Long.MAX_VALUE, 10);
		assertThat(records).extracting(AuditRecord::sequence).containsExactly(2L, 1L);
		assertThat(records.get(0).previous()).isEqualTo(records.get(1).hash());
		assertThat(records.get(1).previous()).isEqualTo("0".repeat(64));
		assertThat(log.firstUnsound()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "UPDATE audit_record SET caller = 'eve' WHERE sequence = 2",
			"UPDATE audit_record SET happened_at = TIMESTAMP WITH TIME ZONE '2026-11-23 00:00:00Z' WHERE sequence = 2",
			"UPDATE audit_record SET outcome = 'refused' WHERE sequence = 2",
			"DELETE FROM audit_record WHERE sequence = 2", "UPDATE audit_record SET hash = '"
					+ "1111111111111111111111111111111111111111111111111111111111111111" + "' WHERE sequence = 2" })
	void whatWasChangedShows(String change) {
		for (int i = 0; i < 4; i++) {
			log.append(entry("ada"));
		}

		sql.sql(change).update();

		assertThat(log.firstUnsound()).isEqualTo(OptionalLong.of(2));
	}

	@Test
	void aRecordThatWasReplacedByASoundOneDoesNotFit() {
		for (int i = 0; i < 3; i++) {
			log.append(entry("ada"));
		}
		AuditRecord first = log.newestBefore(2, 1).get(0);

		AuditRecord forged = first.next(clock.instant(), entry("eve"));
		sql.sql("UPDATE audit_record SET caller = 'eve', hash = ? WHERE sequence = 2").param(forged.hash()).update();

		assertThat(log.firstUnsound()).isEqualTo(OptionalLong.of(3));
	}

	@Test
	void severalServersOnOneDatabaseWriteOneChain() throws Exception {
		ExecutorService servers = Executors.newFixedThreadPool(3);
		try {
			List<Callable<Void>> work = Stream.of("one", "two", "three").<Callable<Void>>map(name -> () -> {
				AuditLog own = new AuditLog(sql, clock);
				for (int i = 0; i < 30; i++) {
					own.append(entry(name));
				}
				return null;
			}).toList();
			servers.invokeAll(work).forEach(future -> assertThat(future).succeedsWithin(Duration.ofSeconds(30)));
		}
		finally {
			servers.shutdownNow();
		}

		assertThat(log.newestBefore(Long.MAX_VALUE, 500)).hasSize(90);
		assertThat(log.firstUnsound()).isEmpty();
	}

	@Test
	void whoNobodyKnowsDoesNotFillTheDisk() {
		for (int i = 0; i < 500; i++) {
			log.append(entry(AuditEntry.UNKNOWN));
		}
		log.append(entry("ada"));

		List<AuditRecord> records = log.newestBefore(Long.MAX_VALUE, 500);
		assertThat(records).hasSize(AuditLog.UNKNOWN_PER_HOUR + 1);
		assertThat(records.get(1).entry().detail())
			.isEqualTo("there are more, which are left out for the rest of an hour");

		clock.add(Duration.ofHours(1));
		log.append(entry(AuditEntry.UNKNOWN));
		assertThat(log.newestBefore(Long.MAX_VALUE, 500)).hasSize(AuditLog.UNKNOWN_PER_HOUR + 2);
	}

	private static AuditEntry entry(String caller) {
		return new AuditEntry(caller, "admin", "192.0.2.1", "PUT /api/v1/jobs/{name}", "/api/v1/jobs/nightly",
				AuditOutcome.DONE, "200");
	}

}
