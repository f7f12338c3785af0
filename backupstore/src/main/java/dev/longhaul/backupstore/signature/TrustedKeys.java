package dev.longhaul.backupstore.signature;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;

import dev.longhaul.core.digest.Sha256;

/**
 * The public keys whose signatures count. Several, so that documents signed before a key
 * was replaced stay valid.
 */
public final class TrustedKeys {

	private static final String LABEL = "PUBLIC KEY";

	private static final String HINT = "openssl pkey -in PRIVATE -pubout -out FILE makes one of a private key";

	private final List<PublicKey> keys;

	private TrustedKeys(List<PublicKey> keys) {
		this.keys = keys;
	}

	/**
	 * @param files in PEM, at least one
	 * @throws dev.longhaul.core.failure.RefusedRequest if one is no Ed25519 key
	 */
	public static TrustedKeys read(List<Path> files) {
		if (files.isEmpty()) {
			throw new IllegalArgumentException("nothing would be trusted");
		}
		return new TrustedKeys(files.stream().map(TrustedKeys::read).toList());
	}

	/**
	 * @param texts in PEM, at least one
	 * @param subject what they are, for messages
	 * @throws dev.longhaul.core.failure.RefusedRequest if one is no Ed25519 key
	 */
	public static TrustedKeys parse(List<String> texts, String subject) {
		if (texts.isEmpty()) {
			throw new IllegalArgumentException("nothing would be trusted");
		}
		return new TrustedKeys(
				texts.stream().map(text -> key(PemFile.parse(text, subject, LABEL, HINT), subject)).toList());
	}

	private static PublicKey read(Path file) {
		return key(PemFile.read(file, LABEL, HINT), "'%s'".formatted(file));
	}

	private static PublicKey key(byte[] encoded, String subject) {
		try {
			return KeyFactory.getInstance(SigningKey.ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
		}
		catch (GeneralSecurityException ex) {
			throw PemFile.refused("%s is no Ed25519 key".formatted(subject), HINT, null);
		}
	}

	/** For people and comparisons: the SHA-256 of each, sorted, in hexadecimal. */
	public List<String> fingerprints() {
		return keys.stream().map(key -> Sha256.of(key.getEncoded())).sorted().toList();
	}

	/** Whether one of them made the signature of exactly these bytes. */
	public boolean accept(byte[] bytes, byte[] signature) {
		return keys.stream().anyMatch(key -> accepts(key, bytes, signature));
	}

	private static boolean accepts(PublicKey key, byte[] bytes, byte[] signature) {
		try {
			Signature verifier = Signature.getInstance(SigningKey.ALGORITHM);
			verifier.initVerify(key);
			verifier.update(bytes);
			return verifier.verify(signature);
		}
		catch (GeneralSecurityException ex) {
			// What is no signature at all is said by an exception.
			return false;
		}
	}

}
