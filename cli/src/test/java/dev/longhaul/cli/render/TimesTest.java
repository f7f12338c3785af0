package dev.longhaul.cli.render;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimesTest {

	private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

	private final Times relative = new Times(NOW, Times.Form.RELATIVE);

	@ParameterizedTest
	@CsvSource({ "PT12S, 12 s ago", "PT59M59S, 59 min ago", "PT6H, 6 h ago", "PT47H, 47 h ago", "PT48H, 2 d ago",
			"P59D, 59 d ago", "P60D, 2 months ago", "P729D, 24 months ago", "P730D, 2 years ago", "PT-5M, in 5 min" })
	void saysHowLongAgoSomethingWas(Duration ago, String text) {
		assertThat(relative.of(NOW.minus(ago))).isEqualTo(text);
	}

	@Test
	void saysTheInstantToTheSecondWhereItIsAskedFor() {
		Times utc = new Times(NOW, Times.Form.UTC);

		assertThat(utc.of(Instant.parse("2026-11-22T02:30:00.123456Z"))).isEqualTo("2026-11-22T02:30:00Z");
	}

	@Test
	void doesNotGuessATimeThatIsNotKnown() {
		assertThat(relative.of(null)).isEqualTo("–");
	}

	@Test
	void saysEvenTheFarthestTimes() {
		assertThat(relative.of(Instant.MIN)).endsWith(" years ago");
		assertThat(relative.of(Instant.MAX)).startsWith("in ").endsWith(" years");
	}

}
