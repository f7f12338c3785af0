package dev.longhaul.scheduler.wording;

import java.time.Instant;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WordingTest {

	private final Wording wording = new Wording(ZoneId.of("Europe/Berlin"));

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
