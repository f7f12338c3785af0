package dev.longhaul.backupstore.signature;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * The private key that documents are signed with.
 */
public final class SigningKey {

	static final String ALGORITHM = "Ed25519";

	private static final String HINT = "openssl genpkey -algorithm ed25519 -out FILE makes one";

	private final PrivateKey key;

	private SigningKey(PrivateKey key) {
		this.key = key;
	}

	/**
	 * @param file in PEM, PKCS #8, without a passphrase
	 * @throws dev.longhaul.core.failure.RefusedRequest if it is no such key
	 */
	public static SigningKey read(Path file) {
		byte[] encoded = PemFile.read(file, "PRIVATE KEY", HINT);
		try {
			return new SigningKey(KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
		}
		catch (GeneralSecurityException ex) {
			throw PemFile.refused("'%s' is no Ed25519 key".formatted(file), HINT, null);
		}
	}

	/** 64 bytes; the same for the same bytes. */
	public byte[] sign(byte[] bytes) {
		try {
			Signature signature = Signature.getInstance(ALGORITHM);
			signature.initSign(key);
			signature.update(bytes);
			return signature.sign();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every JDK from 15 on has Ed25519", ex);
		}
	}

	@Override
	public String toString() {
		return "SigningKey";
	}

}
