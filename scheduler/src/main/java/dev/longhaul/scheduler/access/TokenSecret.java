package dev.longhaul.scheduler.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

import dev.longhaul.core.digest.Sha256;

/**
 * A token as its owner has it: {@code lh_}, 256 random bits, and a checksum, by which one
 * that was cut or mistyped is known before anybody looks it up, and one in a public
 * repository is found. Not a record: nothing prints it.
 */
public final class TokenSecret {

	private static final String PREFIX = "lh_";

	private static final int BYTES = 32;

	/** Characters of the random part, and of its checksum. */
	private static final int BODY = 43;

	private static final int CHECKSUM = 6;

	private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{%d}".formatted(BODY + CHECKSUM));

	private final String text;

	private TokenSecret(String text) {
		this.text = text;
	}

	static TokenSecret create(SecureRandom random) {
		byte[] bytes = new byte[BYTES];
		random.nextBytes(bytes);
		String body = base64(bytes);
		return new TokenSecret(PREFIX + body + checksum(body));
	}

	/** Whether it is meant as one of ours, though it may be none. */
	static boolean isMeant(String text) {
		return text.startsWith(PREFIX);
	}

	/**
	 * @return empty if it is none
	 */
	static Optional<TokenSecret> parse(String text) {
		if (!FORM.matcher(text).matches()) {
			return Optional.empty();
		}
		String body = text.substring(PREFIX.length(), PREFIX.length() + BODY);
		return text.endsWith(checksum(body)) ? Optional.of(new TokenSecret(text)) : Optional.empty();
	}

	/** For its owner, once. */
	public String reveal() {
		return text;
	}

	/** What is stored of it, in hexadecimal. A slow hash adds nothing to 256 bits. */
	String hash() {
		return Sha256.of(text);
	}

	private static String checksum(String body) {
		CRC32 crc = new CRC32();
		crc.update(body.getBytes(StandardCharsets.US_ASCII));
		return base64(ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array());
	}

	private static String base64(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	@Override
	public String toString() {
		return PREFIX + "…";
	}

}
