package dev.longhaul.backupstore.stream;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.AEADBadTagException;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.crypto.EncryptedFileKey;
import com.exceptionfactory.jagged.framework.crypto.FileKeyDecryptorFactory;
import com.exceptionfactory.jagged.framework.crypto.FileKeyEncryptorFactory;

/**
 * The part of a file of age that a passphrase opens: {@code -> scrypt SALT LOG_N}, and
 * the file's key behind it.
 */
final class PassphraseStanza implements RecipientStanza {

	static final String TYPE = "scrypt";

	private static final Pattern SALT = Pattern.compile("[A-Za-z0-9+/]{22}");

	private static final Pattern LOG_N = Pattern.compile("[1-9][0-9]?");

	/** The key and the tag of its encryption. */
	private static final int BODY_BYTES = 32;

	private final List<String> arguments;

	private final byte[] body;

	private PassphraseStanza(List<String> arguments, byte[] body) {
		this.arguments = arguments;
		this.body = body;
	}

	/** Locks with a passphrase, with a salt of its own each time. */
	static RecipientStanzaWriter writer(Passphrase passphrase, int logN, SecureRandom random) {
		return fileKey -> {
			byte[] salt = new byte[Scrypt.SALT_BYTES];
			random.nextBytes(salt);
			byte[] body = new FileKeyEncryptorFactory().newFileKeyEncryptor()
				.getEncryptedFileKey(fileKey, new Scrypt(salt, logN).derive(passphrase.secret()))
				.getEncoded();
			return List.of(new PassphraseStanza(
					List.of(Base64.getEncoder().withoutPadding().encodeToString(salt), Integer.toString(logN)), body));
		};
	}

	/**
	 * Opens with a passphrase. Throws {@link UnopenedException} where it is not even
	 * tried.
	 */
	static RecipientStanzaReader reader(Passphrase passphrase) {
		return stanzas -> {
			List<RecipientStanza> all = new ArrayList<>();
			stanzas.forEach(all::add);
			if (all.stream().noneMatch(stanza -> stanza.getType().equals(TYPE))) {
				throw new UnopenedException("it is not locked with a passphrase but for recipients");
			}
			// Beside another one, somebody who does not know the passphrase could have
			// made
			// it.
			if (all.size() != 1) {
				throw new GeneralSecurityException("a passphrase is not its only lock");
			}
			return open(all.get(0), passphrase);
		};
	}

	private static FileKey open(RecipientStanza stanza, Passphrase passphrase) throws GeneralSecurityException {
		Scrypt scrypt = scrypt(stanza);
		try {
			return new FileKeyDecryptorFactory().newFileKeyDecryptor()
				.getFileKey(new EncryptedFileKey(stanza.getBody()), scrypt.derive(passphrase.secret()));
		}
		catch (AEADBadTagException ex) {
			throw new UnopenedException("the passphrase does not open it");
		}
	}

	/** Everything is checked before there is any work. */
	private static Scrypt scrypt(RecipientStanza stanza) throws GeneralSecurityException {
		List<String> arguments = stanza.getArguments();
		if (arguments.size() != 2 || !SALT.matcher(arguments.get(0)).matches()
				|| stanza.getBody().length != BODY_BYTES) {
			throw new GeneralSecurityException("its lock is not one of a passphrase");
		}
		Matcher logN = LOG_N.matcher(arguments.get(1));
		if (!logN.matches()) {
			throw new GeneralSecurityException("its lock does not say how much work it is");
		}
		int work = Integer.parseInt(logN.group());
		if (work > Scrypt.MOST) {
			throw new UnopenedException("trying the passphrase would take 2^%d steps, and at most 2^%d are made"
				.formatted(work, Scrypt.MOST));
		}
		Scrypt scrypt = new Scrypt(Base64.getDecoder().decode(arguments.get(0)), work);
		if (!scrypt.fitsIntoMemory()) {
			throw new UnopenedException(
					"trying the passphrase takes %d MiB of memory, more than this program may have; "
						.formatted(scrypt.memory() >> 20) + "LONGHAUL_OPTS=-Xmx2g gives it more");
		}
		return scrypt;
	}

	@Override
	public String getType() {
		return TYPE;
	}

	@Override
	public List<String> getArguments() {
		return arguments;
	}

	@Override
	public byte[] getBody() {
		return body.clone();
	}

}
