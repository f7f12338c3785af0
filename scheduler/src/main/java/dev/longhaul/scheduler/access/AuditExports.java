package dev.longhaul.scheduler.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.backupstore.catalog.AuditArchive;
import dev.longhaul.core.json.JsonObject;

/**
 * Copies the audit log into the bucket, where whoever has the server cannot change it
 * unseen.
 */
public final class AuditExports {

	/** Of one call; what is left is for the next. */
	static final int MOST_DOCUMENTS = 50;

	private final AuditLog log;

	private final AuditArchive archive;

	public AuditExports(AuditLog log, AuditArchive archive) {
		this.log = log;
		this.archive = archive;
	}

	/**
	 * Writes what is not in the bucket yet.
	 * @param until only records from before
	 * @return the keys of the documents that were written
	 * @throws dev.longhaul.core.failure.LonghaulException if the bucket cannot be reached
	 * or refuses; what was written before stays
	 */
	public synchronized List<String> export(Instant until) {
		Optional<AuditRecord> first = log.after(0, 1).stream().findFirst();
		if (first.isEmpty() || !first.get().happenedAt().isBefore(until)) {
			return List.of();
		}
		String chain = first.get().chain();
		List<String> keys = new ArrayList<>();
		long last = archive.last(chain);
		while (keys.size() < MOST_DOCUMENTS) {
			List<AuditRecord> part = log.after(last, AuditArchive.MOST_RECORDS)
				.stream()
				.takeWhile(record -> record.happenedAt().isBefore(until))
				.toList();
			if (part.isEmpty()) {
				break;
			}
			keys.add(archive.write(chain, last + 1, part.stream().map(AuditExports::json).toList()));
			last += part.size();
		}
		return keys;
	}

	/** As the bucket has it. */
	static JsonObject json(AuditRecord record) {
		AuditEntry entry = record.entry();
		return JsonObject.of(Map.ofEntries(Map.entry("sequence", record.sequence()),
				Map.entry("happenedAt", record.happenedAt().toString()), Map.entry("caller", entry.caller()),
				Map.entry("scopes", entry.scopes()), Map.entry("address", entry.address()),
				Map.entry("action", entry.action()), Map.entry("subject", entry.subject()),
				Map.entry("outcome", entry.outcome().word()), Map.entry("detail", entry.detail()),
				Map.entry("previous", record.previous()), Map.entry("hash", record.hash())));
	}

}
