package dev.longhaul.scheduler.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

import dev.longhaul.core.digest.Sha256;

/**
 * One attempt of one browser to sign in at the provider. The browser keeps the secret;
 * all that the provider sees is derived from it, and says nothing of it.
 */
public record SignOnAttempt(String secret) {

	private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

	private static final int BYTES = 32;

	public SignOnAttempt {
		if (!isSecret(secret)) {
			throw new IllegalArgumentException("this is no secret of an attempt");
		}
	}

	/** Whether it could be one. */
	public static boolean isSecret(String text) {
		return SECRET.matcher(text).matches();
	}

	static SignOnAttempt begin(SecureRandom random) {
		byte[] bytes = new byte[BYTES];
		random.nextBytes(bytes);
		return new SignOnAttempt(encoded(bytes));
	}

	/** Comes back with the answer, and shows that it is one to this attempt. */
	String state() {
		return derived("state");
	}

	/** Is in the provider's token, and shows that it was made for this attempt. */
	String nonce() {
		return derived("nonce");
	}

	/** Shows the provider that who brings the code is who asked for it. */
	String verifier() {
		return derived("verifier");
	}

	/** What the provider knows of the verifier before (RFC 7636, S256). */
	String challenge() {
		return encoded(HexFormat.of().parseHex(Sha256.of(verifier())));
	}

	boolean isState(String other) {
		return MessageDigest.isEqual(state().getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
	}

	private String derived(String purpose) {
		return Sha256.of(purpose + " " + secret);
	}

	private static String encoded(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	@Override
	public String toString() {
		return "SignOnAttempt[secret=(hidden)]";
	}

}
