package dev.longhaul.cli.progress;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressTextTest {

	private static final long MIB = 1024 * 1024;

	@Test
	void showsHowFarItIsHowFastAndHowLongItWillTake() {
		String line = new ProgressText("nextcloud", 100).of(311, 420, 96 * MIB, Duration.ofSeconds(10));

		assertThat(line)
			.isEqualTo("nextcloud  ██████████████░░░░░░   74%  311 of 420 blocks  96 MiB  9.6 MiB/s  4 s left");
	}

	@Test
	void showsBytesOfWhatHasNoBlocks() {
		assertThat(new ProgressText("database of gitea", 100).ofBytes(96 * MIB, 384 * MIB, Duration.ofSeconds(10)))
			.isEqualTo("database of gitea  █████░░░░░░░░░░░░░░░   25%  96 MiB of 384 MiB  9.6 MiB/s  30 s left");
	}

	@Test
	void promisesNothingBeforeItHasBegunNorWhenItIsDone() {
		ProgressText text = new ProgressText("nextcloud", 100);

		assertThat(text.of(0, 0, 0, Duration.ZERO))
			.isEqualTo("nextcloud  ░░░░░░░░░░░░░░░░░░░░    0%  0 of 0 blocks  0 B  –");
		assertThat(text.of(0, 420, 0, Duration.ofSeconds(3))).doesNotContain("left");
		assertThat(text.of(420, 420, MIB, Duration.ofSeconds(3))).contains("100%").doesNotContain("left");
	}

	@ParameterizedTest
	@ValueSource(ints = { 10, 40, 60, 72, 80, 90, 120 })
	void isNeverWiderThanTheTerminal(int width) {
		String line = new ProgressText("pvc-3f1d8a52-7c64-4b0e-9a2f-1c5e8d7b6a90", width).of(311, 420, 96 * MIB,
				Duration.ofSeconds(1000));

		assertThat(line.length()).isLessThanOrEqualTo(width);
	}

	@Test
	void keepsBothEndsOfALongName() {
		String line = new ProgressText("pvc-3f1d8a52-7c64-4b0e-9a2f-1c5e8d7b6a90", 90).of(1, 4, MIB,
				Duration.ofSeconds(1));

		assertThat(line).startsWith("pvc-3f1").contains("…", "b6a90  █████░");
	}

}
