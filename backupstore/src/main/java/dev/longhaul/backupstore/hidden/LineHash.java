package dev.longhaul.backupstore.hidden;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of lines that need not be in memory together.
 */
final class LineHash {

	private final MessageDigest sha256;

	LineHash() {
		try {
			sha256 = MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

	void add(String line) {
		sha256.update(line.getBytes(StandardCharsets.UTF_8));
		sha256.update((byte) '\n');
	}

	String finish() {
		return HexFormat.of().formatHex(sha256.digest());
	}

}
