package dev.longhaul.backupstore.stream;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * Encrypts for recipients, as the tool age does.
 */
final class AgeEncryption {

	private final List<RecipientStanzaWriter> recipients;

	/**
	 * @throws RefusedRequest if a recipient's key is none that can be encrypted for
	 */
	AgeEncryption(List<Recipient> recipients) {
		List<RecipientStanzaWriter> writers = new ArrayList<>();
		for (Recipient recipient : recipients) {
			try {
				writers.add(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient.value()));
			}
			catch (GeneralSecurityException ex) {
				throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
						"nothing can be encrypted for the recipient %s".formatted(recipient),
						"make a key pair with age-keygen and name its public key", ex);
			}
		}
		this.recipients = writers;
	}

	/** What is written there is encrypted; closing it writes the end. */
	WritableByteChannel into(WritableByteChannel stored) throws IOException {
		if (recipients.isEmpty()) {
			return stored;
		}
		try {
			return new StandardEncryptingChannelFactory().newEncryptingChannel(stored, recipients);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every JDK has ChaCha20-Poly1305 and HMAC-SHA-256", ex);
		}
	}

}
