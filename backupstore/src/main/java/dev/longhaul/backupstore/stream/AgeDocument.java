package dev.longhaul.backupstore.stream;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.secret.Secret;

/**
 * Encrypts and decrypts documents that are small enough to be held in memory, as the tool
 * age does, with {@code age -d} and {@code age} as the way without Longhaul.
 */
public final class AgeDocument {

	/** Of what is encrypted, in bytes. */
	public static final int LARGEST = Secret.LARGEST;

	/** Of the file: encrypted, for many recipients, and maybe as text. */
	public static final int LARGEST_FILE = 2 * LARGEST;

	private static final String VERSION = "age-encryption.org/v1\n";

	private static final Pattern ARMORED = Pattern.compile("-----BEGIN AGE ENCRYPTED FILE-----\\r?\\n"
			+ "([A-Za-z0-9+/=\\r\\n]+)-----END AGE ENCRYPTED FILE-----\\s*");

	private final int logN;

	private final SecureRandom random;

	private AgeDocument(int logN, SecureRandom random) {
		this.logN = logN;
		this.random = random;
	}

	/** As much work for a passphrase as age itself makes of it. */
	public static AgeDocument usual() {
		return new AgeDocument(Scrypt.USUAL, new SecureRandom());
	}

	/**
	 * For tests, which open thousands.
	 * @param logN how much work a passphrase is to be; anything below the usual is no
	 * protection
	 */
	public static AgeDocument withWork(int logN) {
		return new AgeDocument(logN, new SecureRandom());
	}

	/**
	 * @param plain at most {@value #LARGEST} bytes
	 * @throws RefusedRequest if a recipient's key is none that can be encrypted for, or
	 * the machine has not the memory that a passphrase takes
	 */
	public byte[] encrypt(byte[] plain, AgeLock lock) {
		if (plain.length > LARGEST) {
			throw new IllegalArgumentException("a document has at most %d bytes".formatted(LARGEST));
		}
		ByteArrayOutputStream stored = new ByteArrayOutputStream();
		try (WritableByteChannel encrypting = encrypting(stored, lock)) {
			Channels.newOutputStream(encrypting).write(plain);
		}
		catch (IOException ex) {
			throw new IllegalStateException("memory is always written", ex);
		}
		return stored.toByteArray();
	}

	private WritableByteChannel encrypting(ByteArrayOutputStream stored, AgeLock lock) throws IOException {
		WritableByteChannel channel = Channels.newChannel(stored);
		if (lock instanceof AgeLock.ForRecipients chosen) {
			return new AgeEncryption(chosen.recipients()).into(channel);
		}
		Passphrase passphrase = ((AgeLock.WithPassphrase) lock).passphrase();
		requireMemory();
		try {
			return new StandardEncryptingChannelFactory().newEncryptingChannel(channel,
					List.of(PassphraseStanza.writer(passphrase, logN, random)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every JDK has ChaCha20-Poly1305 and HMAC-SHA-256", ex);
		}
	}

	private void requireMemory() {
		Scrypt scrypt = new Scrypt(new byte[Scrypt.SALT_BYTES], logN);
		if (!scrypt.fitsIntoMemory()) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"a passphrase takes %d MiB of memory, and this program may have %d".formatted(scrypt.memory() >> 20,
							Runtime.getRuntime().maxMemory() >> 20),
					"LONGHAUL_OPTS=-Xmx1g gives it more; encrypting for recipients takes none");
		}
	}

	/**
	 * Takes the bytes out of what {@code age --armor} has written as text, and anything
	 * else as it is.
	 */
	public static byte[] unarmored(byte[] stored) {
		Matcher armored = ARMORED.matcher(new String(stored, StandardCharsets.ISO_8859_1));
		if (!armored.matches()) {
			return stored;
		}
		try {
			return Base64.getDecoder().decode(armored.group(1).replaceAll("[\r\n]+", ""));
		}
		catch (IllegalArgumentException ex) {
			return stored;
		}
	}

	/**
	 * Opens what {@link #encrypt} or the tool age has written. It is read to its end
	 * before anything of it is handed out.
	 * @param stored bytes and not text
	 */
	public static OpenedDocument open(byte[] stored, AgeKey key) {
		if (stored.length > LARGEST_FILE) {
			return new OpenedDocument.Damaged("it has more than %d bytes".formatted(LARGEST_FILE));
		}
		if (!begins(stored, VERSION)) {
			return new OpenedDocument.Damaged("it does not begin as age begins a file");
		}
		try (InputStream plain = decrypting(stored, key)) {
			byte[] content = plain.readNBytes(LARGEST + 1);
			return (content.length > LARGEST)
					? new OpenedDocument.Damaged("more than %d bytes are in it".formatted(LARGEST))
					: new OpenedDocument.Whole(Secret.of(content));
		}
		catch (UnopenedException ex) {
			return new OpenedDocument.Locked(String.valueOf(ex.getMessage()));
		}
		catch (UnsupportedRecipientStanzaException ex) {
			return new OpenedDocument.Locked(needsPassphrase(stored)
					? "it is locked with a passphrase, and no identity opens it" : "none of the identities opens it");
		}
		catch (IOException | GeneralSecurityException | RuntimeException ex) {
			// jagged says by any of them that it found other bytes than it should.
			return new OpenedDocument.Damaged("it is cut or changed");
		}
	}

	private static InputStream decrypting(byte[] stored, AgeKey key) throws IOException, GeneralSecurityException {
		List<RecipientStanzaReader> readers = (key instanceof Passphrase passphrase)
				? List.of(PassphraseStanza.reader(passphrase)) : ((Identities) key).readers();
		return Channels.newInputStream(new StandardDecryptingChannelFactory()
			.newDecryptingChannel(Channels.newChannel(new ByteArrayInputStream(stored)), readers));
	}

	/** Whether a passphrase opens it and no identity. */
	public static boolean needsPassphrase(byte[] stored) {
		return begins(stored, VERSION + "-> " + PassphraseStanza.TYPE + " ");
	}

	private static boolean begins(byte[] stored, String beginning) {
		byte[] first = beginning.getBytes(StandardCharsets.US_ASCII);
		return stored.length >= first.length && Arrays.equals(stored, 0, first.length, first, 0, first.length);
	}

}
