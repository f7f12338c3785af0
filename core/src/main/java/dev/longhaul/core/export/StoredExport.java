package dev.longhaul.core.export;

import java.time.Instant;
import java.util.List;

/**
 * An export as it lies in the bucket.
 *
 * @param origin what it is of, for people: {@code pg_dump of gitea}
 * @param plain what went in; only who has an identity of a recipient can compare it
 * @param stored the compressed and encrypted bytes, as they were read back
 * @param recipients who can read it; none means that it is not encrypted
 * @param takenAt when it was begun: what a dump holds is of a moment close to it
 * @param checkedAt when the stored bytes were read back and compared
 */
public record StoredExport(ExportName name, String origin, Fingerprint plain, Fingerprint stored,
		List<Recipient> recipients, Instant takenAt, Instant checkedAt) {

	public StoredExport {
		recipients = List.copyOf(recipients);
	}

	public boolean isEncrypted() {
		return !recipients.isEmpty();
	}

}
