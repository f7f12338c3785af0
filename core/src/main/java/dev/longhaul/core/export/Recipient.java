package dev.longhaul.core.export;

import java.nio.charset.StandardCharsets;

/**
 * Who can read an encrypted export: a public key of age, as {@code age-keygen -y} prints
 * it. Public, so it may be shown and committed.
 * <p>
 * Its checksum is checked here, because a key with a typing error would be noticed only
 * by whoever needs the export: Bech32 of BIP 173 with the prefix {@code age}, of 32
 * bytes.
 */
public record Recipient(String value) {

	private static final String PREFIX = "age1";

	private static final String CHARACTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

	/** Of 32 bytes in fives, and the six of the checksum. */
	private static final int DATA_LENGTH = 58;

	private static final int[] GENERATOR = { 0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3 };

	public Recipient {
		if (!value.startsWith(PREFIX) || value.length() != PREFIX.length() + DATA_LENGTH) {
			throw new IllegalArgumentException(
					"a recipient is a public key of age: 'age1' and 58 characters, as age-keygen prints it");
		}
		if (!hasChecksum(value.substring(PREFIX.length()))) {
			throw new IllegalArgumentException(
					"'%s...' is not a public key of age: its checksum does not fit, so a character of it is wrong"
						.formatted(value.substring(0, 12)));
		}
	}

	private static boolean hasChecksum(String data) {
		int sum = 1;
		for (int symbol : expandedPrefix()) {
			sum = next(sum, symbol);
		}
		for (int i = 0; i < data.length(); i++) {
			int symbol = CHARACTERS.indexOf(data.charAt(i));
			if (symbol < 0) {
				return false;
			}
			sum = next(sum, symbol);
		}
		return sum == 1;
	}

	/** The high bits of the prefix's characters, a zero, and their low bits. */
	private static int[] expandedPrefix() {
		byte[] prefix = "age".getBytes(StandardCharsets.US_ASCII);
		int[] symbols = new int[2 * prefix.length + 1];
		for (int i = 0; i < prefix.length; i++) {
			symbols[i] = prefix[i] >> 5;
			symbols[prefix.length + 1 + i] = prefix[i] & 31;
		}
		return symbols;
	}

	private static int next(int sum, int symbol) {
		int top = sum >>> 25;
		int result = ((sum & 0x1ffffff) << 5) ^ symbol;
		for (int bit = 0; bit < GENERATOR.length; bit++) {
			if (((top >> bit) & 1) == 1) {
				result ^= GENERATOR[bit];
			}
		}
		return result;
	}

	@Override
	public String toString() {
		return value;
	}

}
