package dev.longhaul.core.kit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

import dev.longhaul.core.secret.Secret;

/**
 * By what credentials are known again without being kept: a salted, slow hash of each.
 * <p>
 * They lie in the bucket, where whoever may read it sees them. The key of a bucket is
 * random and long, so that nobody guesses it, whatever the hash; that the hash is slow is
 * for stores of one's own, whose passwords people make up. Therefore only a bucket's
 * credentials are printed so, and never the passwords of applications.
 *
 * @param salt as hexadecimal digits
 * @param iterations of PBKDF2 with HMAC-SHA-512
 * @param prints by name of the credential, as hexadecimal digits
 */
public record CredentialPrints(String salt, int iterations, SortedMap<String, String> prints) {

	/** Some tenths of a second each. */
	static final int ITERATIONS = 210_000;

	/** What somebody else wrote there must not keep us busy. */
	private static final int MOST_ITERATIONS = 2_000_000;

	private static final int MOST_PRINTS = 16;

	private static final int SALT_BYTES = 16;

	private static final int PRINT_BYTES = 32;

	private static final Pattern SALT = Pattern.compile("[0-9a-f]{32}");

	private static final Pattern PRINT = Pattern.compile("[0-9a-f]{64}");

	private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

	public CredentialPrints {
		prints = Collections.unmodifiableSortedMap(new TreeMap<>(prints));
		if (!SALT.matcher(salt).matches() || iterations < 1 || iterations > MOST_ITERATIONS
				|| prints.size() > MOST_PRINTS) {
			throw new IllegalArgumentException("a salt has %d digits, iterations are at most %d and prints at most %d"
				.formatted(2 * SALT_BYTES, MOST_ITERATIONS, MOST_PRINTS));
		}
		prints.forEach((name, print) -> {
			if (!NAME.matcher(name).matches() || !PRINT.matcher(print).matches()) {
				throw new IllegalArgumentException("a print has the name of a variable and 64 digits");
			}
		});
	}

	/**
	 * @param credentials by name; not those that are empty
	 */
	public static CredentialPrints of(Map<String, Secret> credentials, SecureRandom random) {
		byte[] salt = new byte[SALT_BYTES];
		random.nextBytes(salt);
		CredentialPrints none = new CredentialPrints(HexFormat.of().formatHex(salt), ITERATIONS, new TreeMap<>());
		SortedMap<String, String> prints = new TreeMap<>();
		credentials.forEach((name, secret) -> {
			if (!secret.isEmpty()) {
				prints.put(name, none.print(name, secret));
			}
		});
		return new CredentialPrints(none.salt, none.iterations, prints);
	}

	/**
	 * The names of those that are not what was printed: changed, new or gone.
	 * @param inForce by name; one that is empty counts as gone
	 */
	public SortedSet<String> changed(Map<String, Secret> inForce) {
		SortedSet<String> changed = new TreeSet<>(prints.keySet());
		inForce.forEach((name, secret) -> {
			if (!secret.isEmpty()) {
				changed.add(name);
				if (isPrintOf(name, secret)) {
					changed.remove(name);
				}
			}
		});
		return changed;
	}

	private boolean isPrintOf(String name, Secret secret) {
		String known = prints.get(name);
		return known != null
				&& MessageDigest.isEqual(HexFormat.of().parseHex(known), HexFormat.of().parseHex(print(name, secret)));
	}

	/** The name goes into it: equal credentials do not show as equal. */
	private String print(String name, Secret secret) {
		byte[] salted = (salt + name).getBytes(StandardCharsets.US_ASCII);
		char[] characters = HexFormat.of().formatHex(secret.reveal()).toCharArray();
		PBEKeySpec spec = new PBEKeySpec(characters, salted, iterations, PRINT_BYTES * Byte.SIZE);
		try {
			return HexFormat.of()
				.formatHex(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every JDK has PBKDF2 with HMAC-SHA-512", ex);
		}
		finally {
			spec.clearPassword();
		}
	}

}
