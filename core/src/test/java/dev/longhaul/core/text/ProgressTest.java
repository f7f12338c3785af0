package dev.longhaul.core.text;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressTest {

	@ParameterizedTest
	@CsvSource({ "0, 0, 0", "0, 420, 0", "311, 420, 74", "419, 420, 99", "420, 420, 100", "500, 420, 100",
			"-1, 420, 0" })
	void drawsABarThatIsAlwaysAsWide(long done, long total, int percent) {
		String bar = new Progress(0, done, total, Duration.ZERO).bar();

		assertThat(bar).hasSize(26).endsWith(" " + percent + "%");
		assertThat(bar.chars().filter(c -> c == '█').count()).isEqualTo(percent / 5);
	}

	@Test
	void tellsWhatIsLeftByThePaceSoFar() {
		assertThat(new Progress(0, 100, 400, Duration.ofSeconds(10)).left()).isEqualTo("30 s left");
		assertThat(new Progress(0, 1, 3, Duration.ofMillis(100)).left()).isEqualTo("1 s left");
		assertThat(new Progress(0, 1, 201, Duration.ofSeconds(1)).left()).isEqualTo("3 min 20 s left");
	}

	@Test
	void takesNothingForPaceThatWasDoneBefore() {
		assertThat(new Progress(50, 60, 100, Duration.ofSeconds(10)).left()).isEqualTo("40 s left");
	}

	@Test
	void promisesNothingWithoutAPaceNorAtTheEnd() {
		assertThat(new Progress(0, 0, 400, Duration.ofSeconds(10)).left()).isEmpty();
		assertThat(new Progress(50, 50, 400, Duration.ofSeconds(10)).left()).isEmpty();
		assertThat(new Progress(50, 40, 400, Duration.ofSeconds(10)).left()).isEmpty();
		assertThat(new Progress(0, 40, 400, Duration.ZERO).left()).isEmpty();
		assertThat(new Progress(0, 400, 400, Duration.ofSeconds(10)).left()).isEmpty();
	}

}
