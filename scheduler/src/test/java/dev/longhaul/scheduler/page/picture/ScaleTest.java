package dev.longhaul.scheduler.page.picture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ScaleTest {

	@Test
	void putsValuesWhereTheyBelongAndNothingOutside() {
		Scale scale = new Scale(10, 20, 100, 0);

		assertThat(scale.at(10)).isEqualTo(100);
		assertThat(scale.at(15)).isEqualTo(50);
		assertThat(scale.at(20)).isZero();
		assertThat(scale.at(1000)).isZero();
		assertThat(scale.at(-1000)).isEqualTo(100);
	}

	@Test
	void putsEverythingAtTheStartWhereThereIsNoSpan() {
		assertThat(new Scale(5, 5, 3, 9).at(5)).isEqualTo(3);
	}

	@Test
	void refusesASpanThatRunsBackwards() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Scale(2, 1, 0, 1))
			.withMessage("no scale goes from 2.0 to 1.0");
	}

	@Test
	void ticksAreRoundInTheirUnit() {
		assertThat(Scale.ticks(900, 1, 10)).containsExactly(0.0, 500.0, 1000.0);
		assertThat(Scale.ticks(4100, 1, 10)).containsExactly(0.0, 2000.0, 4000.0, 6000.0);
		assertThat(Scale.ticks(3 * 1024 * 1024, 1024, 1024)).containsExactly(0.0, 1024.0 * 1024, 2048.0 * 1024,
				3072.0 * 1024);
	}

	@Test
	void ticksReachTheMostOfAnyMagnitude() {
		for (double most = 1; most < 1e18; most *= 3) {
			assertThat(Scale.ticks(most, 1, 10)).hasSizeBetween(2, 8).last().matches(tick -> tick > 0);
			assertThat(Scale.ticks(most, 1, 10).get(Scale.ticks(most, 1, 10).size() - 1)).isGreaterThanOrEqualTo(most);
		}
	}

}
