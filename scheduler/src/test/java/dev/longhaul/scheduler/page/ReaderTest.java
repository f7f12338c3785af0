package dev.longhaul.scheduler.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReaderTest {

	private static final Instant NOW = Instant.parse("2026-11-22T08:30:00Z");

	private final Reader reader = new Reader(NOW, ZoneId.of("Europe/Berlin"));

	@Test
	void saysTimesInTheirGreatestUnit() {
		assertThat(reader.relative(NOW)).isEqualTo("now");
		assertThat(reader.relative(NOW.minusSeconds(12))).isEqualTo("12 s ago");
		assertThat(reader.relative(NOW.minusSeconds(200))).isEqualTo("3 min ago");
		assertThat(reader.relative(NOW.minus(Duration.ofMinutes(419)))).isEqualTo("6 h ago");
		assertThat(reader.relative(NOW.minus(Duration.ofHours(47)))).isEqualTo("47 h ago");
		assertThat(reader.relative(NOW.minus(Duration.ofHours(76)))).isEqualTo("3 d ago");
		assertThat(reader.relative(NOW.plus(Duration.ofHours(17)))).isEqualTo("in 17 h");
	}

	@Test
	void saysTheDateOfWhatIsNotNear() {
		assertThat(reader.near(Instant.parse("2026-11-23T01:30:00Z"))).isEqualTo("02:30");
		assertThat(reader.near(Instant.parse("2026-11-24T01:30:00Z"))).isEqualTo("2026-11-24 02:30");
		assertThat(reader.absolute(Instant.parse("2026-07-01T00:30:00Z"))).isEqualTo("2026-07-01 02:30 Europe/Berlin");
	}

}
