package dev.longhaul.backupstore.stream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A passphrase as age takes it: the bytes of a text in UTF-8, as they were typed. Says
 * nothing of it.
 */
public final class Passphrase implements AgeKey {

	/** Whoever chooses a shorter one has it guessed by whoever finds the file. */
	public static final int SHORTEST = 14;

	private static final int LONGEST = 1024;

	/** Letters and digits that look like no other, in print as on paper. */
	private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

	/** 125 bits: nobody tries them all. */
	private static final int GROUPS = 5;

	private static final int GROUP = 5;

	private final Secret secret;

	private Passphrase(Secret secret) {
		this.secret = secret;
	}

	/**
	 * One that was typed or read, to open something with.
	 * @throws RefusedRequest if there is none, or nobody could have typed it
	 */
	public static Passphrase of(Secret secret) {
		String text = secret.revealText();
		if (text.isBlank() || secret.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
			throw refused("a passphrase is one line of 1 to %d characters".formatted(LONGEST), null);
		}
		return new Passphrase(secret);
	}

	/**
	 * @param file its first line; a line feed behind it belongs to the file
	 * @throws RefusedRequest if the file cannot be read, or holds another number of lines
	 */
	public static Passphrase read(Path file) {
		try (InputStream content = Files.newInputStream(file)) {
			byte[] bytes = content.readNBytes(8 * LONGEST);
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			return of(Secret.of(text.replaceFirst("\\r?\\n\\z", "")));
		}
		catch (CharacterCodingException ex) {
			// Without the cause, as it is of what is in the file.
			throw refused("'%s' is not text in UTF-8".formatted(file), null);
		}
		catch (IOException ex) {
			throw refused("the passphrase in '%s' cannot be read".formatted(file), ex);
		}
	}

	/** A strong one: 25 letters and digits in groups of five. */
	public static Passphrase generate(RandomGenerator random) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < GROUPS * GROUP; i++) {
			text.append((i > 0 && i % GROUP == 0) ? "-" : "");
			text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
		}
		return new Passphrase(Secret.of(text.toString()));
	}

	/**
	 * Lets nobody lock something with a passphrase that is soon guessed.
	 * @throws RefusedRequest if it is shorter than {@value #SHORTEST} characters, or made
	 * of fewer than five different ones
	 */
	public Passphrase requireStrong() {
		if (secret.length() < SHORTEST || secret.revealText().codePoints().distinct().count() < 5) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"the passphrase is too weak: at least %d characters, five of them different".formatted(SHORTEST),
					"whoever finds the file may try passphrases for years; take six words by chance, or let one be "
							+ "made with --generate");
		}
		return this;
	}

	/** For whoever shows it to its owner. */
	public Secret secret() {
		return secret;
	}

	private static RefusedRequest refused(String fact, @Nullable Throwable cause) {
		return new RefusedRequest(FailureCode.INVALID_USAGE, fact,
				"give a file with the passphrase in its only line, or type it on a terminal", cause);
	}

	@Override
	public String toString() {
		return "Passphrase[...]";
	}

}
