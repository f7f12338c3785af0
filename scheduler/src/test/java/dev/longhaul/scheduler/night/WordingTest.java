package dev.longhaul.scheduler.night;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class WordingTest {

	private final Wording wording = new Wording(ZoneId.of("Europe/Berlin"));

	@ParameterizedTest
	@CsvSource({ "PT0.04S, 0.0 s", "PT0.449S, 0.4 s", "PT9.99S, 9.9 s", "PT10S, 10 s", "PT119S, 119 s", "PT120S, 2 min",
			"PT1H59M, 119 min", "PT2H, 2 h", "PT3H20M30S, 3 h 20 min", "PT47H59M, 47 h 59 min", "PT48H, 2 d",
			"PT52H, 2 d 4 h", "PT-5S, 0 s" })
	void saysDurationsAsPeopleDo(Duration duration, String said) {
		assertThat(Wording.duration(duration)).isEqualTo(said);
	}

	@Test
	void saysTimesInTheReadersZoneAndWithTheDateIfItIsNotToday() {
		Instant now = Instant.parse("2026-11-22T02:00:00Z");

		assertThat(wording.dateAndTime(Instant.parse("2026-11-22T01:30:00Z"))).isEqualTo("2026-11-22 02:30");
		assertThat(wording.ago(Instant.parse("2026-11-22T01:30:00Z"), now)).isEqualTo("02:30 (30 min ago)");
		assertThat(wording.ago(Instant.parse("2026-11-21T01:30:00Z"), now))
			.isEqualTo("2026-11-21 02:30 (24 h 30 min ago)");
	}

	@Test
	void countsInSingularAndPlural() {
		assertThat(Wording.count(1, "block")).isEqualTo("1 block");
		assertThat(Wording.count(0, "block")).isEqualTo("0 blocks");
	}

}
