package dev.longhaul.core.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Something that nobody may see who does not need it: a password, a key, a token. Its
 * text is constant, so that no message, log or trace can hold it; who needs it asks for
 * it by name.
 */
public final class Secret {

	/** What Kubernetes takes in one Secret. */
	public static final int LARGEST = 1024 * 1024;

	private final byte[] bytes;

	private Secret(byte[] bytes) {
		if (bytes.length > LARGEST) {
			throw new IllegalArgumentException("a secret has at most %d bytes".formatted(LARGEST));
		}
		this.bytes = bytes;
	}

	/** Takes a copy. */
	public static Secret of(byte[] bytes) {
		return new Secret(bytes.clone());
	}

	/** In UTF-8. */
	public static Secret of(String text) {
		return new Secret(text.getBytes(StandardCharsets.UTF_8));
	}

	/** A copy of it. */
	public byte[] reveal() {
		return bytes.clone();
	}

	/** As text, which it need not be. */
	public String revealText() {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	public boolean isEmpty() {
		return bytes.length == 0;
	}

	/** In characters, where it is text, else in bytes. */
	public int length() {
		String text = revealText();
		boolean isText = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
		return isText ? text.codePointCount(0, text.length()) : bytes.length;
	}

	/** Takes as long whichever of their bytes differ. */
	@Override
	public boolean equals(Object other) {
		return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(bytes);
	}

	@Override
	public String toString() {
		return "Secret[...]";
	}

}
