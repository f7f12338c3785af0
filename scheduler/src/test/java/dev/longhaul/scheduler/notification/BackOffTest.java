package dev.longhaul.scheduler.notification;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BackOffTest {

	@ParameterizedTest
	@CsvSource({ "1, PT0S, PT10S", "2, PT0S, PT20S", "3, PT0S, PT40S", "8, PT0S, PT21M20S", "9, PT0S, PT30M",
			"1000000, PT0S, PT30M", "1, PT7S, PT10S", "1, PT5M, PT5M", "1, PT9000H, PT1H", "9, PT9000H, PT1H" })
	void pausesGrowToABoundWhateverIsAskedFor(int attempts, Duration asked, Duration pause) {
		assertThat(BackOff.after(attempts, asked)).isEqualTo(pause);
	}

}
