package dev.longhaul.core.export;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RecipientTest {

	/** The example of age's own manual. */
	private static final String KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

	@Test
	void aPublicKeyOfAgeIsOne() {
		assertThat(new Recipient(KEY)).hasToString(KEY);
	}

	@Test
	void everyTypingErrorIsNoticed() {
		for (int i = 4; i < KEY.length(); i++) {
			char other = (KEY.charAt(i) == 'q') ? 'p' : 'q';
			String mistyped = KEY.substring(0, i) + other + KEY.substring(i + 1);

			assertThatIllegalArgumentException().isThrownBy(() -> new Recipient(mistyped))
				.withMessageContaining("its checksum does not fit, so a character of it is wrong");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "age1", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8",
			"AGE1QL3Z7HJY54PW3HYWW5AYYFG7ZQGVC7W3J2ELW8ZMRJ2KG5SFN9AQMCAC8P",
			"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsKLqeplhpW+uObz5dvMgjz1OxfM",
			"AGE-SECRET-KEY-1QQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQQPZRY9X8GF2TVDW" })
	void whatIsNoKeyIsRefusedAndNotQuoted(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Recipient(text))
			.withMessage("a recipient is a public key of age: 'age1' and 58 characters, as age-keygen prints it");
	}

}
