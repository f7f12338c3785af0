package dev.longhaul.core.kit;

import java.util.regex.Pattern;

import dev.longhaul.core.digest.Sha256;

/**
 * Which kit it is: the SHA-256 of the encrypted file. Two kits never have the same,
 * though the same be in them, and it says nothing of what is in them; {@code sha256sum}
 * shows it without Longhaul.
 *
 * @param sha256 64 hexadecimal digits in lower case
 */
public record KitId(String sha256) {

	private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

	private static final int SHORT = 6;

	public KitId {
		if (!FORM.matcher(sha256).matches()) {
			throw new IllegalArgumentException("a kit's id is 64 hexadecimal digits");
		}
	}

	public static KitId of(byte[] file) {
		return new KitId(Sha256.of(file));
	}

	/** For people: {@code 7f3a9c}. */
	@Override
	public String toString() {
		return sha256.substring(0, SHORT);
	}

}
