package dev.longhaul.backupstore.catalog;

import dev.longhaul.backupstore.format.MalformedException;
import tools.jackson.core.JsonGenerator;

/**
 * What a document says it is, in its first two fields. A document of a later version is
 * refused rather than half understood.
 */
enum DocumentKind {

	RUN_MANIFEST("longhaul.dev/run-manifest"),

	RUN_PROOF("longhaul.dev/run-proof"),

	RESTORE_POINT("longhaul.dev/restore-point"),

	PROOF("longhaul.dev/proof");

	private static final int VERSION = 1;

	private final String word;

	DocumentKind(String word) {
		this.word = word;
	}

	void write(JsonGenerator json) {
		json.writeStringProperty("kind", word);
		json.writeNumberProperty("version", VERSION);
	}

	void require(JsonFields fields) throws MalformedException {
		String kind = fields.string("kind");
		if (!kind.equals(word)) {
			throw new MalformedException("expected a %s, found '%s'".formatted(word, JsonDocument.excerpt(kind)));
		}
		long version = fields.number("version");
		if (version != VERSION) {
			throw new MalformedException(
					"%s of version %d; this program knows version %d".formatted(word, version, VERSION));
		}
	}

}
