package dev.longhaul.backupstore.stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import dev.longhaul.core.export.Recipient;

/**
 * A pair of keys of age, as age-keygen makes them.
 *
 * @param identity the secret one
 */
public record AgeKeys(Recipient recipient, String identity) {

	public static AgeKeys generate() {
		try {
			KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
			return new AgeKeys(new Recipient(new String(pair.getPublic().getEncoded(), StandardCharsets.US_ASCII)),
					new String(pair.getPrivate().getEncoded(), StandardCharsets.US_ASCII));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has X25519", ex);
		}
	}

	/** Writes what age-keygen writes. */
	public Path writeTo(Path file) throws IOException {
		return Files.writeString(file,
				"# created: 2026-11-22T02:30:00Z\n# public key: %s\n%s\n".formatted(recipient, identity));
	}

}
