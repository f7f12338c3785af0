package dev.longhaul.backupstore.format;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ChecksumTest {

	@ParameterizedTest
	@CsvSource({ "2097152, 731859029215873fdac1c9f2f8bd25a334abf0f3a9e1b057cf2cacc2826d86b0",
			"16777216, 7e208b53e5c541b23906ef8ed8f5e12e4f1b470fbd0d3e907b1fc0c0b8d78eb1" })
	void isTheFirstHalfOfSha512(int zeros, String hex) {
		Checksum checksum = Checksum.of(new byte[zeros], zeros);

		assertThat(checksum.hex()).isEqualTo(hex);
		assertThat(Checksum.parse(hex)).isEqualTo(checksum);
	}

	@Test
	void countsOnlyTheBytesItIsToldOf() {
		byte[] longer = new byte[3 * 1024 * 1024];
		longer[2 * 1024 * 1024] = 1;

		assertThat(Checksum.of(longer, 2 * 1024 * 1024).hex()).startsWith("731859029215873f");
	}

	@Test
	void isOrderedAsItsHexadecimalForm() {
		Checksum low = Checksum.parse("7f".repeat(32));
		Checksum high = Checksum.parse("80".repeat(32));
		Checksum higherAtTheEnd = Checksum.parse("80".repeat(31) + "81");

		assertThat(low).isLessThan(high);
		assertThat(high).isLessThan(higherAtTheEnd);
		assertThat(high).isEqualByComparingTo(Checksum.parse("80".repeat(32)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "73", "731859029215873FDAC1C9F2F8BD25A334ABF0F3A9E1B057CF2CACC2826D86B0",
			"731859029215873fdac1c9f2f8bd25a334abf0f3a9e1b057cf2cacc2826d86bg",
			"../859029215873fdac1c9f2f8bd25a334abf0f3a9e1b057cf2cacc2826d86b0" })
	void refusesWhatIsNotSixtyFourLowerCaseDigits(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Checksum.parse(text))
			.withMessage("not a block checksum of 64 lower-case hexadecimal digits: '%s'", text);
	}

}
