package dev.longhaul.core.job;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BlackoutTest {

	private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

	private static final Blackout SATURDAY_NIGHT = new Blackout(Set.of(DayOfWeek.SATURDAY), LocalTime.of(22, 0),
			LocalTime.of(4, 0), BERLIN);

	@ParameterizedTest
	@CsvSource({ "2026-11-28T20:59:59Z, false", "2026-11-28T21:00:00Z, true", "2026-11-29T02:59:59Z, true",
			"2026-11-29T03:00:00Z, false", "2026-11-28T02:00:00Z, false" })
	void belongsToTheDayOnWhichItBegins(Instant moment, boolean within) {
		assertThat(SATURDAY_NIGHT.endIfWithin(moment).isPresent()).isEqualTo(within);
	}

	@Test
	void endsByTheClockOnTheWall() {
		Instant hourIsRepeated = Instant.parse("2026-10-25T00:30:00Z");

		assertThat(SATURDAY_NIGHT.endIfWithin(hourIsRepeated)).contains(Instant.parse("2026-10-25T03:00:00Z"));
	}

}
