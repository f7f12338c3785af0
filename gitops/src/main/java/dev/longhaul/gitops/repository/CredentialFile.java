package dev.longhaul.gitops.repository;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/**
 * A file of a mounted Secret. What is in it is never part of a message.
 */
final class CredentialFile {

	/** In bytes. Thousands of known hosts. */
	private static final long LONGEST = 1024L * 1024;

	/** There is nobody who could be asked for a passphrase. */
	private static final FilePasswordProvider NOBODY = (session, resource, attempt) -> {
		throw new EncryptedKeyException();
	};

	private CredentialFile() {
	}

	/**
	 * @throws RefusedRequest if there is no key that can be used
	 */
	static KeyPair privateKey(Path file) {
		try {
			requireShort(file);
			try (InputStream in = Files.newInputStream(file)) {
				Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(null,
						NamedResource.ofName(file.toString()), in, NOBODY);
				if (pairs != null && pairs.iterator().hasNext()) {
					return pairs.iterator().next();
				}
			}
			throw refused(file, "holds no private key", null);
		}
		catch (EncryptedKeyException ex) {
			throw refused(file, "is encrypted with a passphrase", ex);
		}
		catch (IOException | GeneralSecurityException ex) {
			throw refused(file, "cannot be read as a private key (" + ex.getClass().getSimpleName() + ")", ex);
		}
	}

	private static RefusedRequest refused(Path file, String what, @Nullable Exception cause) {
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION, "'%s' %s".formatted(file, what),
				"make a key for Longhaul alone: ssh-keygen -t ed25519 -N '' -f identity", cause);
	}

	/**
	 * @throws IOException if it is not there, or more than a file of credentials has
	 */
	static void requireShort(Path file) throws IOException {
		if (!Files.isRegularFile(file)) {
			throw new IOException("there is no such file");
		}
		if (Files.size(file) > LONGEST) {
			throw new IOException("it has more than " + LONGEST + " bytes");
		}
	}

	/** A passphrase would be needed. */
	private static final class EncryptedKeyException extends IOException {

		private static final long serialVersionUID = 1L;

	}

}
