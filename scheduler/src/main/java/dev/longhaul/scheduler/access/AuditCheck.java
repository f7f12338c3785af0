package dev.longhaul.scheduler.access;

import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;

import dev.longhaul.backupstore.catalog.AuditCopies;
import dev.longhaul.backupstore.catalog.AuditCopies.Part;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.json.JsonObject;

/**
 * Compares the audit log with itself and with what of it is in the bucket. It holds one
 * document of the bucket at a time.
 */
public final class AuditCheck {

	private static final String HINT = "somebody has written to the database or to the bucket; what differs between the two"
			+ " says to which, and nothing from that record on is to be relied on";

	private final AuditLog log;

	private final AuditCopies copies;

	public AuditCheck(AuditLog log, AuditCopies copies) {
		this.log = log;
		this.copies = copies;
	}

	/**
	 * What holds.
	 *
	 * @param records in the database, each of which follows the one before
	 * @param copied those of them that are in the bucket and the same there
	 * @param documents in which they are there
	 * @param others logs that are in the bucket and none of this database
	 */
	public record Sound(long records, long copied, int documents, NavigableSet<String> others) {

	}

	/**
	 * Reads all of both.
	 * @throws DamagedData naming the first record that is not as it was written, or not
	 * the same in the bucket
	 * @throws dev.longhaul.core.failure.LonghaulException if the bucket cannot be read
	 */
	public Sound verify() {
		OptionalLong unsound = log.firstUnsound();
		if (unsound.isPresent()) {
			throw damaged("record %d of the audit log is not as it was written, or does not follow the one before it"
				.formatted(unsound.getAsLong()));
		}
		NavigableSet<String> others = copies.chains();
		Optional<AuditRecord> first = log.after(0, 1).stream().findFirst();
		if (first.isEmpty()) {
			return new Sound(0, 0, 0, others);
		}
		String chain = first.get().chain();
		others.remove(chain);
		long last = 0;
		List<Part> parts = copies.parts(chain);
		for (Part part : parts) {
			requireNoGap(last, part);
			compare(chain, part);
			last = Math.max(last, part.last());
		}
		long records = log.newestBefore(Long.MAX_VALUE, 1).get(0).sequence();
		return new Sound(records, last, parts.size(), others);
	}

	private static void requireNoGap(long last, Part part) {
		if (part.first() > last + 1) {
			throw damaged("records %d to %d of the audit log are not in the bucket, and later ones are"
				.formatted(last + 1, part.first() - 1));
		}
	}

	private void compare(String chain, Part part) {
		List<JsonObject> there = copies.read(chain, part);
		List<AuditRecord> here = log.after(part.first() - 1, there.size());
		for (int i = 0; i < there.size(); i++) {
			if (i >= here.size() || !AuditExports.json(here.get(i)).equals(there.get(i))) {
				throw damaged("record %d of the audit log is not the same in the database and in %s"
					.formatted(part.first() + i, part.key()));
			}
		}
	}

	private static DamagedData damaged(String fact) {
		return new DamagedData(FailureCode.AUDIT_DAMAGED, fact, HINT);
	}

}
