package dev.longhaul.backupstore.catalog;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.format.MalformedException;
import tools.jackson.core.JsonGenerator;

/**
 * What a document says it is, in its first two fields. A document of a later version is
 * refused rather than half understood; earlier ones stay in buckets for years, and are
 * read.
 * <p>
 * What a document holds more than before is a new version and no field that may be
 * missing: a program that does not know it says so in these words, and in one that does
 * nobody can leave a fact out unseen.
 */
enum DocumentKind {

	/**
	 * Since version 2 with what a cluster has to be told to make the volumes and claims
	 * again.
	 */
	RUN_MANIFEST("longhaul.dev/run-manifest", 2),

	RUN_PROOF("longhaul.dev/run-proof", 1),

	RUN_EXPORTS("longhaul.dev/run-exports", 1),

	VERIFICATION("longhaul.dev/verification", 1),

	MIRRORING("longhaul.dev/mirroring", 1),

	DRILL("longhaul.dev/drill", 1),

	MIRROR_EXTRA("longhaul.dev/mirror-extra", 1),

	AUDIT("longhaul.dev/audit", 1),

	KIT_RECORD("longhaul.dev/kit-record", 1),

	/** As it stands in a manifest of the same version. */
	RESTORE_POINT("longhaul.dev/restore-point", 2),

	PROOF("longhaul.dev/proof", 1);

	private final String word;

	private final int newest;

	DocumentKind(String word, int newest) {
		this.word = word;
		this.newest = newest;
	}

	void write(JsonGenerator json) {
		json.writeStringProperty("kind", word);
		json.writeNumberProperty("version", newest);
	}

	/**
	 * @return its version
	 */
	int require(JsonFields fields) throws MalformedException {
		String kind = fields.string("kind");
		if (!kind.equals(word)) {
			throw new MalformedException("expected a %s, found '%s'".formatted(word, JsonDocument.excerpt(kind)));
		}
		long version = fields.number("version");
		if (version < 1 || version > newest) {
			throw new MalformedException("%s of version %d; this program knows %s".formatted(word, version,
					(newest == 1) ? "version 1" : "versions 1 to " + newest));
		}
		return (int) version;
	}

}
