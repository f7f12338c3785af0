package dev.longhaul.scheduler.access;

import java.security.SecureRandom;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TokenSecretTest {

	private final TokenSecret secret = TokenSecret.create(new SecureRandom());

	@Test
	void isReadAsItWasShown() {
		assertThat(secret.reveal()).matches("lh_[A-Za-z0-9_-]{49}");
		assertThat(TokenSecret.parse(secret.reveal())).map(TokenSecret::hash).contains(secret.hash());
	}

	@Test
	void everyTypingErrorIsKnownWithoutLookingItUp() {
		String right = secret.reveal();
		for (int i = 0; i < right.length(); i++) {
			char other = (right.charAt(i) == 'x') ? 'y' : 'x';
			assertThat(TokenSecret.parse(right.substring(0, i) + other + right.substring(i + 1))).as("at %d", i)
				.isEmpty();
		}
		assertThat(TokenSecret.parse(right.substring(0, right.length() - 1))).isEmpty();
		assertThat(TokenSecret.parse(right + "x")).isEmpty();
	}

	@Test
	void isNotPrinted() {
		assertThat(secret + " " + new NewToken(null, secret)).doesNotContain(secret.reveal().substring(3));
	}

}
