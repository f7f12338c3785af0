package dev.longhaul.scheduler.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.catalog.CatalogDocuments;
import dev.longhaul.backupstore.catalog.CatalogDocuments.Kind;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Recorded.Refusal;
import dev.longhaul.core.run.Replays;
import dev.longhaul.core.run.RunBefore;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Decides which documents count, by what lies beside them and by what other nights saw of
 * them: a manifest that was put back does not, nor what speaks of another manifest than
 * is there. To be called when all documents were seen, in one transaction.
 */
final class Settlement {

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	private final DocumentRows rows;

	private final CatalogDocuments documents;

	private final Map<Night, Head> manifests = new HashMap<>();

	private final List<Refusal> refusals = new ArrayList<>();

	private Settlement(JdbcTemplate template, DocumentRows rows, CatalogDocuments documents) {
		this.template = template;
		this.jdbc = JdbcClient.create(template);
		this.rows = rows;
		this.documents = documents;
	}

	static void settle(JdbcTemplate template, DocumentRows rows, CatalogDocuments documents) {
		new Settlement(template, rows, documents).run();
	}

	private void run() {
		List<Head> heads = heads();
		heads.stream().filter(Head::isManifest).forEach(head -> manifests.put(head.night(), head));
		Map<Night, Refusal> replays = Replays
			.among(heads.stream().filter(Head::isManifest).map(head -> head.link()).toList());
		for (Head head : heads) {
			boolean believed = isBelieved(head) && !(head.isOfNight() && replays.containsKey(head.night()));
			if (believed != head.believed()) {
				jdbc.sql("UPDATE ledger_document SET believed = ? WHERE id = ?")
					.param(believed)
					.param(head.id())
					.update();
				rows.touchApplicationsOf(head.id());
			}
		}
		refusals.addAll(replays.values());
		replaceRefusals();
	}

	/** By what lies beside it; says why not. */
	private boolean isBelieved(Head head) {
		Head manifest = manifests.get(head.night());
		boolean speaksOfManifest = head.isOfNight() && head.kind() != Kind.MANIFEST;
		if (speaksOfManifest && manifest == null) {
			return false;
		}
		if (head.refusal() != null) {
			refusals.add(new Refusal(head.key(), head.refusal()));
			return false;
		}
		if (speaksOfManifest && manifest != null && !manifest.hash().equals(head.hash())) {
			refusals.add(documents.refusalOfAnother(head.night(), head.kind()));
			return false;
		}
		return true;
	}

	/** In the order of the keys, whatever a database takes for the order of texts. */
	private List<Head> heads() {
		return jdbc.sql("""
				SELECT d.id, d.object_key, d.kind, d.job, d.scheduled_for, d.manifest_hash, d.refusal, d.believed,
					m.written_at, m.before_for, m.before_hash
				FROM ledger_document d LEFT JOIN ledger_manifest m ON m.document_id = d.id""")
			.query((row, number) -> Head.of(row))
			.list()
			.stream()
			.sorted(Comparator.comparing(Head::key))
			.toList();
	}

	private void replaceRefusals() {
		jdbc.sql("DELETE FROM ledger_refusal").update();
		List<Object[]> all = new ArrayList<>();
		for (Refusal refusal : refusals) {
			all.add(new Object[] { all.size(), Columns.of(refusal.subject()), Columns.of(refusal.reason()) });
		}
		template.batchUpdate("INSERT INTO ledger_refusal (place, subject, reason) VALUES (?, ?, ?)", all);
	}

	/**
	 * A document without what it says of applications.
	 *
	 * @param hash of the manifest that it is or speaks of; empty if it was refused, or is
	 * about many
	 * @param writtenAt null for what is no manifest
	 */
	private record Head(long id, String key, Kind kind, Night night, String hash, @Nullable String refusal,
			boolean believed, @Nullable Instant writtenAt, @Nullable RunBefore before) {

		static Head of(ResultSet row) throws SQLException {
			Instant beforeFor = Columns.instantOrNull(row, "before_for");
			String hash = row.getString("manifest_hash");
			return new Head(row.getLong("id"), row.getString("object_key"), Kind.valueOf(row.getString("kind")),
					Columns.night(row), (hash != null) ? hash : "", row.getString("refusal"),
					row.getBoolean("believed"), Columns.instantOrNull(row, "written_at"),
					(beforeFor != null) ? new RunBefore(beforeFor, row.getString("before_hash")) : null);
		}

		/** What a later run has found out is believed whatever becomes of its night. */
		boolean isOfNight() {
			return kind != Kind.VERIFICATION && kind != Kind.MIRRORING && kind != Kind.DRILL;
		}

		boolean isManifest() {
			return writtenAt != null;
		}

		Replays.Link link() {
			if (writtenAt == null) {
				throw new IllegalStateException(key + " is no manifest");
			}
			return new Replays.Link(night, hash, writtenAt, before);
		}

	}

}
