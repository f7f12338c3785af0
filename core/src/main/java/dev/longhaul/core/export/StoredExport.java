package dev.longhaul.core.export;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An export as it lies in the bucket.
 *
 * @param origin what it is of, for people: {@code pg_dump of gitea}
 * @param plain what went in; only who has an identity of a recipient can compare it
 * @param stored the compressed and encrypted bytes, as they were read back
 * @param recipients who can read it; none means that it is not encrypted
 * @param takenAt when it was begun: what a dump holds is of a moment close to it
 * @param checkedAt when the stored bytes were read back and compared
 * @param inForce what ran when it was taken; null if its source does not tell
 */
public record StoredExport(ExportName name, String origin, Fingerprint plain, Fingerprint stored,
		List<Recipient> recipients, Instant takenAt, Instant checkedAt, @Nullable InForce inForce) {

	public StoredExport {
		recipients = List.copyOf(recipients);
	}

	/** One whose source does not tell what ran. */
	public StoredExport(ExportName name, String origin, Fingerprint plain, Fingerprint stored,
			List<Recipient> recipients, Instant takenAt, Instant checkedAt) {
		this(name, origin, plain, stored, recipients, takenAt, checkedAt, null);
	}

	/** The same with what ran when it was taken. */
	public StoredExport during(@Nullable InForce ran) {
		return new StoredExport(name, origin, plain, stored, recipients, takenAt, checkedAt, ran);
	}

	public boolean isEncrypted() {
		return !recipients.isEmpty();
	}

}
