package dev.longhaul.longhorn.connection;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PrivateKeysTest {

	@ParameterizedTest
	@ValueSource(strings = { "EC", "RSA" })
	void tellsKeysInTheCommonFormApart(String algorithm) throws GeneralSecurityException {
		byte[] key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate().getEncoded();
		String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
				+ "\n-----END PRIVATE KEY-----\n";

		assertThat(PrivateKeys.algorithm(pem.getBytes(StandardCharsets.US_ASCII))).isEqualTo(algorithm);
	}

	@Test
	void knowsTheFormK3sWrites() {
		assertThat(PrivateKeys.algorithm("-----BEGIN EC PRIVATE KEY-----".getBytes(StandardCharsets.US_ASCII)))
			.isEqualTo("EC");
	}

	@Test
	void takesAnythingElseForRsa() {
		assertThat(PrivateKeys
			.algorithm("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END".getBytes(StandardCharsets.US_ASCII)))
			.isEqualTo("RSA");
		assertThat(PrivateKeys.algorithm(new byte[0])).isEqualTo("RSA");
	}

}
