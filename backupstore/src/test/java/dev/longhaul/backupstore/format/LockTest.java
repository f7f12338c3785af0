package dev.longhaul.backupstore.format;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LockTest {

	private static final Instant MODIFIED = Instant.parse("2026-11-22T10:00:00Z");

	@ParameterizedTest
	@CsvSource({ "0, UNTYPED", "1, BACKUP_OR_RESTORE", "2, DELETION", "7, UNTYPED" })
	void readsALockOfLonghorn(int number, Lock.Type type) throws Exception {
		Lock lock = parse("{\"Name\":\"lock-0a1b2c3d4e5f6071\",\"Type\":%d,\"Acquired\":true}".formatted(number));

		assertThat(lock).isEqualTo(new Lock("lock-0a1b2c3d4e5f6071", type, true, MODIFIED));
	}

	@Test
	void countsForNothingAHundredAndFiftySecondsAfterItsLastModification() throws Exception {
		Lock lock = parse("{\"Name\":\"lock-0a1b2c3d4e5f6071\",\"Type\":1}");

		assertThat(lock.isLive(MODIFIED.plusSeconds(149))).isTrue();
		assertThat(lock.isLive(MODIFIED.plusSeconds(150))).isFalse();
	}

	@Test
	void isMalformedWhereItsTypeIsNoNumber() {
		assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> parse("{\"Type\":\"1\"}"))
			.withMessage("Type: expected a whole number, found VALUE_STRING");
	}

	private static Lock parse(String json) throws Exception {
		return Lock.parse(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), MODIFIED);
	}

}
