package dev.longhaul.backupstore.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells the bytes of a small file from all others, so that a file that was read is known
 * again without being kept.
 *
 * @param sha256 in hexadecimal
 */
public record ContentDigest(String sha256) {

	public static ContentDigest of(byte[] content) {
		MessageDigest sha256 = newSha256();
		sha256.update(content);
		return ofDigest(sha256);
	}

	/** The digest of what a stream holds up to its end. */
	public static ContentDigest of(InputStream content) throws IOException {
		DigestingInput digesting = new DigestingInput(content);
		digesting.transferTo(OutputStream.nullOutputStream());
		return digesting.digest();
	}

	static ContentDigest ofDigest(MessageDigest finished) {
		return new ContentDigest(HexFormat.of().formatHex(finished.digest()));
	}

	static MessageDigest newSha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

}
