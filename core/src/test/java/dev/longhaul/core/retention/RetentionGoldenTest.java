package dev.longhaul.core.retention;

import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What policies keep of given restore points, with every word of every reason. The cases
 * are in files beside this class, in the form that {@link GoldenCase} describes.
 */
class RetentionGoldenTest {

	@ParameterizedTest(name = "{0}")
	@MethodSource("cases")
	void keepsAndRemovesWhatTheFileSaysForTheReasonsItSays(GoldenCase golden) {
		assertThat(golden.actual()).isEqualTo(golden.expected());
	}

	static Stream<GoldenCase> cases() {
		return Stream.of("counting.txt", "calendar.txt", "proofs.txt", "guards.txt").flatMap(GoldenCase::of);
	}

}
