package dev.longhaul.core.text;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SpansTest {

	@ParameterizedTest
	@CsvSource({ "PT0S, 0.0 s", "PT0.4S, 0.4 s", "PT9.99S, 9.9 s", "PT12.9S, 12 s", "PT3M, 3 min",
			"PT3M20S, 3 min 20 s", "PT2H5M59S, 2 h 5 min", "PT24H9M, 24 h 9 min", "PT47H59M59S, 47 h 59 min",
			"PT48H, 2 d", "PT76H, 3 d 4 h", "PT-5S, 0.0 s" })
	void saysDurationsAsPeopleDo(Duration duration, String text) {
		assertThat(Spans.of(duration)).isEqualTo(text);
	}

	@ParameterizedTest
	@CsvSource({ "0, PT1S, –", "1048576, PT0S, –", "1048576, PT1S, 1 MiB/s", "1048576, PT0.5S, 2 MiB/s",
			"9223372036854775807, PT0.001S, 8 EiB/s" })
	void saysRatesWithoutEverDividingByNothing(long bytes, Duration duration, String text) {
		assertThat(Spans.rate(bytes, duration)).isEqualTo(text);
	}

}
