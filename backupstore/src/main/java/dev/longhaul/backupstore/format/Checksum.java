package dev.longhaul.backupstore.format;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What names a block: the first 256 bits of the SHA-512 of its uncompressed bytes (not
 * SHA-512/256, which starts from other constants). Ordered as its hexadecimal form is,
 * and so as keys are.
 *
 * @param w0 the first 64 bits, big-endian
 */
public record Checksum(long w0, long w1, long w2, long w3) implements Comparable<Checksum> {

	/** Characters of the hexadecimal form. */
	public static final int HEX_LENGTH = 64;

	private static final HexFormat HEX = HexFormat.of();

	/** The checksum of the first bytes of an array. */
	public static Checksum of(byte[] bytes, int length) {
		MessageDigest sha512 = newSha512();
		sha512.update(bytes, 0, length);
		ByteBuffer digest = ByteBuffer.wrap(sha512.digest());
		return new Checksum(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
	}

	/**
	 * Parses the hexadecimal form.
	 * @throws IllegalArgumentException if it is not 64 lower-case hexadecimal digits
	 */
	public static Checksum parse(String hex) {
		if (!isChecksum(hex)) {
			throw new IllegalArgumentException("not a block checksum of 64 lower-case hexadecimal digits: '"
					+ hex.substring(0, Math.min(hex.length(), HEX_LENGTH + 1)) + "'");
		}
		return new Checksum(HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32),
				HexFormat.fromHexDigitsToLong(hex, 32, 48), HexFormat.fromHexDigitsToLong(hex, 48, 64));
	}

	static boolean isChecksum(String text) {
		return text.length() == HEX_LENGTH
				&& text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
	}

	static MessageDigest newSha512() {
		try {
			return MessageDigest.getInstance("SHA-512");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-512", ex);
		}
	}

	public String hex() {
		return HEX.toHexDigits(w0) + HEX.toHexDigits(w1) + HEX.toHexDigits(w2) + HEX.toHexDigits(w3);
	}

	@Override
	public int compareTo(Checksum other) {
		int order = Long.compareUnsigned(w0, other.w0);
		order = (order != 0) ? order : Long.compareUnsigned(w1, other.w1);
		order = (order != 0) ? order : Long.compareUnsigned(w2, other.w2);
		return (order != 0) ? order : Long.compareUnsigned(w3, other.w3);
	}

	@Override
	public String toString() {
		return hex();
	}

}
