package dev.longhaul.backupstore.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.ObjectTooLargeException;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.time.Pause;

/**
 * Reads what {@link AuditArchive} has written, a document at a time.
 */
public final class AuditCopies {

	private final ObjectStore store;

	private final BackupstoreLayout layout;

	private final ObjectReader reader;

	private final Seal seal;

	/**
	 * @param seal says whose documents are believed
	 */
	public AuditCopies(ObjectStore store, BackupstoreLayout layout, Pause pause, Seal seal) {
		this.store = store;
		this.layout = layout;
		this.reader = new ObjectReader(store, pause);
		this.seal = seal;
	}

	/**
	 * Some records that follow each other, in one document.
	 *
	 * @param first the number of the first of them
	 * @param last the number of the last
	 */
	public record Part(String key, long first, long last) {

	}

	/** The logs of which something is there: one for each database there has been. */
	public NavigableSet<String> chains() {
		String prefix = AuditArchive.prefix(layout);
		NavigableSet<String> chains = new TreeSet<>();
		new Listing(store, prefix).forEachRemaining(
				object -> AuditArchive.chainOf(object.key().substring(prefix.length())).ifPresent(chains::add));
		return chains;
	}

	/** What there is of one, in the order of its records. */
	public List<Part> parts(String chain) {
		String prefix = AuditArchive.prefix(layout, chain);
		List<Part> parts = new ArrayList<>();
		new Listing(store, prefix)
			.forEachRemaining(object -> AuditArchive.part(object.key(), object.key().substring(prefix.length()))
				.ifPresent(parts::add));
		parts.sort(Comparator.comparingLong(Part::first));
		return parts;
	}

	/**
	 * The records of a part, as many as its name says.
	 * @throws DamagedData if it cannot be understood or believed, or is gone
	 */
	public List<JsonObject> read(String chain, Part part) {
		try {
			Optional<byte[]> stored = reader.readFully(part.key(), JsonDocument.MAX_BYTES);
			if (stored.isEmpty()) {
				throw new MalformedException("it is gone");
			}
			return JsonDocument.read(seal.open(stored.get())).all(fields -> records(fields, chain, part));
		}
		catch (MalformedException | ObjectTooLargeException ex) {
			throw new DamagedData(FailureCode.AUDIT_DAMAGED,
					"%s of %s is no copy of an audit log: %s".formatted(part.key(), store.describe(), ex.getMessage()),
					"an older version of the object may be intact, if the bucket keeps versions", ex);
		}
	}

	private static List<JsonObject> records(JsonFields fields, String chain, Part part) throws MalformedException {
		DocumentKind.AUDIT.require(fields);
		String of = fields.string("chain");
		Part named = new Part(part.key(), fields.number("first"), fields.number("last"));
		List<JsonObject> records = fields.list("records", JsonFields::whole);
		if (!of.equals(chain) || !named.equals(part) || records.size() != part.last() - part.first() + 1) {
			throw new MalformedException("it holds other records than its name says");
		}
		return records;
	}

}
