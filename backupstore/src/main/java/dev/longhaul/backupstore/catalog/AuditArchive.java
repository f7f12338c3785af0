package dev.longhaul.backupstore.catalog;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.core.json.JsonObject;

/**
 * Copies of servers' audit logs, beside the backups that they are about:
 * {@code <path>longhaul/audit/<chain>/<first>-<last>.json}, signed as nights are. A chain
 * is named after its first record, so the log of a new database gets a place of its own.
 */
public final class AuditArchive {

	/** Of one document; each record takes two KiB at most. */
	public static final int MOST_RECORDS = 2000;

	private static final Pattern PART = Pattern.compile("([0-9]{12})-([0-9]{12})\\.json");

	private static final Pattern CHAIN = Pattern.compile("[0-9a-f]{16}");

	private final ObjectStore store;

	private final BackupstoreLayout layout;

	private final Seal seal;

	/**
	 * @param seal signs what is written
	 */
	public AuditArchive(ObjectStore store, BackupstoreLayout layout, Seal seal) {
		this.store = store;
		this.layout = layout;
		this.seal = seal;
	}

	/**
	 * The number of the newest record of a chain that is there; 0 if none is. By listing
	 * alone, a call for every thousand documents.
	 */
	public long last(String chain) {
		String prefix = prefix(layout, chain);
		long last = 0;
		Listing listing = new Listing(store, prefix);
		while (listing.hasNext()) {
			String key = listing.next().key();
			last = Math.max(last, part(key, key.substring(prefix.length())).map(AuditCopies.Part::last).orElse(0L));
		}
		return last;
	}

	/**
	 * Writes some records that follow each other.
	 * @param first the number of the first of them
	 * @param records at least one, at most {@value #MOST_RECORDS}
	 * @return the key of the document
	 */
	public String write(String chain, long first, List<JsonObject> records) {
		if (records.isEmpty() || records.size() > MOST_RECORDS) {
			throw new IllegalArgumentException(
					"a document has 1 to %d records, not %d".formatted(MOST_RECORDS, records.size()));
		}
		long last = first + records.size() - 1;
		String key = "%s%012d-%012d.json".formatted(prefix(layout, chain), first, last);
		store.put(key, seal.close(JsonDocument.write(json -> {
			DocumentKind.AUDIT.write(json);
			json.writeStringProperty("chain", chain);
			json.writeNumberProperty("first", first);
			json.writeNumberProperty("last", last);
			json.writeArrayPropertyStart("records");
			records.forEach(record -> JsonDocument.writeElement(json, record));
			json.writeEndArray();
		})));
		return key;
	}

	/** Empty if the name is not one of ours. */
	static Optional<AuditCopies.Part> part(String key, String name) {
		Matcher part = PART.matcher(name);
		return part.matches()
				? Optional.of(new AuditCopies.Part(key, Long.parseLong(part.group(1)), Long.parseLong(part.group(2))))
				: Optional.empty();
	}

	/** Empty if the path, from the directory of all chains on, is not one of ours. */
	static Optional<String> chainOf(String path) {
		int slash = Math.max(0, path.indexOf('/'));
		return Optional.of(path.substring(0, slash)).filter(name -> CHAIN.matcher(name).matches());
	}

	static String prefix(BackupstoreLayout layout) {
		return layout.longhaulPrefix() + "audit/";
	}

	static String prefix(BackupstoreLayout layout, String chain) {
		if (!CHAIN.matcher(chain).matches()) {
			throw new IllegalArgumentException("'%s' names no chain".formatted(chain));
		}
		return prefix(layout) + chain + "/";
	}

}
