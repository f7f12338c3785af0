package dev.longhaul.backupstore.stream;

import java.util.List;

import dev.longhaul.core.export.Recipient;

/**
 * For whom a document is encrypted. age does not mix the two.
 */
public sealed interface AgeLock {

	/**
	 * For whoever has an identity of one of them.
	 *
	 * @param recipients at least one
	 */
	record ForRecipients(List<Recipient> recipients) implements AgeLock {

		public ForRecipients {
			recipients = List.copyOf(recipients);
			if (recipients.isEmpty()) {
				throw new IllegalArgumentException("nobody could open it");
			}
		}

	}

	/** For whoever knows the passphrase. */
	record WithPassphrase(Passphrase passphrase) implements AgeLock {

	}

}
