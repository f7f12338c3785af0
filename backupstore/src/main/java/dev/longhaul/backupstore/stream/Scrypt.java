package dev.longhaul.backupstore.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import dev.longhaul.core.secret.Secret;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * The key that age derives from a passphrase.
 */
final class Scrypt {

	static final int SALT_BYTES = 16;

	/** age's own: about a second, and 256 MiB. */
	static final int USUAL = 18;

	/**
	 * 1 GiB and some seconds. Whoever wrote a file says how much work it is to open it,
	 * and whoever wants to do harm says a lot.
	 */
	static final int MOST = 20;

	private static final byte[] LABEL = "age-encryption.org/v1/scrypt".getBytes(StandardCharsets.US_ASCII);

	private static final int BLOCK = 8;

	private static final int KEY_BYTES = 32;

	private final byte[] salt;

	private final int logN;

	/**
	 * @param logN how often, as a power of two; memory grows with it as time does
	 */
	Scrypt(byte[] salt, int logN) {
		this.salt = salt;
		this.logN = logN;
	}

	/** What it takes in memory, in bytes. */
	long memory() {
		return (128L * BLOCK) << logN;
	}

	/** Whether this program may take as much, with room for everything else. */
	boolean fitsIntoMemory() {
		return memory() + memory() / 8 < Runtime.getRuntime().maxMemory();
	}

	CipherKey derive(Secret passphrase) {
		byte[] bytes = passphrase.reveal();
		byte[] labelled = Arrays.copyOf(LABEL, LABEL.length + salt.length);
		System.arraycopy(salt, 0, labelled, LABEL.length, salt.length);
		try {
			return new CipherKey(SCrypt.generate(bytes, labelled, 1 << logN, BLOCK, 1, KEY_BYTES));
		}
		finally {
			Arrays.fill(bytes, (byte) 0);
		}
	}

}
