package dev.longhaul.core.export;

import java.util.regex.Pattern;

import dev.longhaul.core.volume.ByteSize;

/**
 * What a stream of bytes is known by again.
 *
 * @param sha256 in lower-case hexadecimal
 */
public record Fingerprint(ByteSize size, String sha256) {

	private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

	public Fingerprint {
		if (!HEX.matcher(sha256).matches()) {
			throw new IllegalArgumentException("a SHA-256 has 64 hexadecimal digits in lower case");
		}
	}

	/** For people: {@code 18.2 MiB, SHA-256 6ae8a755...}. */
	@Override
	public String toString() {
		return "%s, SHA-256 %s...".formatted(size, sha256.substring(0, 8));
	}

}
