package dev.longhaul.core.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of content that need not be in memory together. Finished once; not for
 * several threads.
 */
public final class Sha256 {

	private final MessageDigest digest;

	public Sha256() {
		try {
			digest = MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

	/** Of a text in UTF-8, as 64 hexadecimal digits in lower case. */
	public static String of(String text) {
		return of(text.getBytes(StandardCharsets.UTF_8));
	}

	/** As 64 hexadecimal digits in lower case. */
	public static String of(byte[] content) {
		Sha256 sha256 = new Sha256();
		sha256.add(content, 0, content.length);
		return sha256.finish();
	}

	public void add(byte[] bytes, int offset, int length) {
		digest.update(bytes, offset, length);
	}

	/** Adds a text in UTF-8 and a line feed. */
	public void addLine(String line) {
		digest.update(line.getBytes(StandardCharsets.UTF_8));
		digest.update((byte) '\n');
	}

	/** As 64 hexadecimal digits in lower case. */
	public String finish() {
		return HexFormat.of().formatHex(digest.digest());
	}

}
