package dev.longhaul.scheduler.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.longhaul.backupstore.catalog.CatalogDocument;
import dev.longhaul.backupstore.catalog.CatalogDocuments.Entry;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The documents that were read, and the rows of each. Every method is part of a
 * transaction of its caller, and leaves a mark on the applications that have to be judged
 * again.
 */
final class DocumentRows {

	/**
	 * A document may be replaced by one of the same size within the tick of the store's
	 * clock, and the two clocks differ: only one that was old when it was read is known
	 * by its size and time.
	 */
	private static final Duration CLEARLY_OLDER = Duration.ofMinutes(5);

	/** Tables whose rows belong to a document. */
	private static final List<String> CONTENT = List.of("ledger_point", "ledger_judged", "ledger_reading",
			"ledger_seen", "ledger_start", "ledger_export", "ledger_reading_day", "ledger_manifest",
			"ledger_volume_backup", "ledger_proof", "ledger_place", "ledger_old_judgement", "ledger_mirroring");

	/** Those of them that change what an application is worth. */
	private static final List<String> JUDGED = CONTENT.subList(0, 5);

	private final JdbcClient jdbc;

	private final DocumentContent content;

	DocumentRows(JdbcTemplate template) {
		this.jdbc = JdbcClient.create(template);
		this.content = new DocumentContent(template);
	}

	/**
	 * What is remembered of a document.
	 *
	 * @param hash null if it was refused
	 */
	record Mark(long id, long bytes, Instant modifiedAt, Instant readAt, @Nullable String hash) {

		/** Whether the document cannot have changed since. */
		boolean knows(Entry entry) {
			return bytes == entry.object().size() && modifiedAt.equals(micros(entry.object().lastModified()))
					&& readAt.isAfter(modifiedAt.plus(CLEARLY_OLDER));
		}

		boolean isRefused() {
			return hash == null;
		}

		boolean isOf(CatalogDocument document) {
			return Objects.equals(hash, document.hash());
		}

		private static Instant micros(Instant instant) {
			return instant.truncatedTo(ChronoUnit.MICROS);
		}

	}

	/** By key. */
	Map<String, Mark> marks() {
		Map<String, Mark> marks = new HashMap<>();
		jdbc.sql("SELECT object_key, id, stored_bytes, modified_at, read_at, hash FROM ledger_document")
			.query((row, number) -> marks.put(row.getString("object_key"),
					new Mark(row.getLong("id"), row.getLong("stored_bytes"), Columns.instant(row, "modified_at"),
							Columns.instant(row, "read_at"), row.getString("hash"))))
			.list();
		return marks;
	}

	/** Replaces what is known of a document by what it says now. */
	void replace(@Nullable Mark mark, Entry entry, CatalogDocument document, Instant readAt) {
		long id = emptied(mark, entry, readAt);
		jdbc.sql("UPDATE ledger_document SET hash = ?, manifest_hash = ?, refusal = NULL WHERE id = ?")
			.param(document.hash())
			.param(Columns.ofNullable(content.insert(id, document)))
			.param(id)
			.update();
		touchApplicationsOf(id);
	}

	/** Of a document that says nothing that is believed. */
	void refuse(@Nullable Mark mark, Entry entry, String reason, Instant readAt) {
		long id = emptied(mark, entry, readAt);
		jdbc.sql("UPDATE ledger_document SET hash = NULL, manifest_hash = NULL, refusal = ? WHERE id = ?")
			.param(Columns.of(reason))
			.param(id)
			.update();
	}

	/** The same bytes as before. */
	void seenAgain(Mark mark, Entry entry, Instant readAt) {
		jdbc.sql("UPDATE ledger_document SET stored_bytes = ?, modified_at = ?, read_at = ? WHERE id = ?")
			.param(entry.object().size())
			.param(Columns.of(entry.object().lastModified()))
			.param(Columns.of(readAt))
			.param(mark.id())
			.update();
	}

	void remove(Mark mark) {
		clear(mark.id());
		jdbc.sql("DELETE FROM ledger_document WHERE id = ?").param(mark.id()).update();
	}

	/** Forgets everything, of whatever bucket it was. */
	void removeAll() {
		CONTENT.forEach(table -> jdbc.sql("DELETE FROM " + table).update());
		for (String table : List.of("ledger_document", "ledger_touched", "ledger_refusal", "ledger_application",
				"ledger_judgement", "ledger_volume", "ledger_mirrored", "ledger_coverage")) {
			jdbc.sql("DELETE FROM " + table).update();
		}
	}

	/** Marks the applications that a document speaks of. */
	void touchApplicationsOf(long id) {
		JUDGED.forEach(table -> jdbc.sql("""
				INSERT INTO ledger_touched (application) SELECT DISTINCT c.application FROM %s c
				WHERE c.document_id = ?
				AND NOT EXISTS (SELECT 1 FROM ledger_touched t WHERE t.application = c.application)""".formatted(table))
			.param(id)
			.update());
		jdbc.sql("""
				INSERT INTO ledger_touched (application) SELECT a.application FROM ledger_application a
				WHERE EXISTS (SELECT 1 FROM ledger_mirroring m WHERE m.document_id = ? AND m.failure IS NOT NULL)
				AND NOT EXISTS (SELECT 1 FROM ledger_touched t WHERE t.application = a.application)""")
			.param(id)
			.update();
	}

	private long emptied(@Nullable Mark mark, Entry entry, Instant readAt) {
		if (mark == null) {
			return insert(entry, readAt);
		}
		clear(mark.id());
		seenAgain(mark, entry, readAt);
		return mark.id();
	}

	private void clear(long id) {
		touchApplicationsOf(id);
		CONTENT.forEach(table -> jdbc.sql("DELETE FROM %s WHERE document_id = ?".formatted(table)).param(id).update());
	}

	private long insert(Entry entry, Instant readAt) {
		jdbc.sql("""
				INSERT INTO ledger_document (object_key, kind, job, scheduled_for, stored_bytes, modified_at, read_at,
					believed)
				VALUES (?, ?, ?, ?, ?, ?, ?, FALSE)""")
			.param(entry.key())
			.param(entry.kind().name())
			.param(entry.night().job().value())
			.param(Columns.of(entry.night().scheduledFor()))
			.param(entry.object().size())
			.param(Columns.of(entry.object().lastModified()))
			.param(Columns.of(readAt))
			.update();
		return jdbc.sql("SELECT id FROM ledger_document WHERE object_key = ?")
			.param(entry.key())
			.query(Long.class)
			.single();
	}

}
