package dev.longhaul.backupstore.catalog;

import dev.longhaul.core.run.Mirroring;
import dev.longhaul.core.run.RecordedManifest;
import dev.longhaul.core.run.Rehearsal;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.run.Verification;

/**
 * A document of the catalogue that is believed.
 */
public sealed interface CatalogDocument {

	/** SHA-256 of its bytes as they are stored, in hexadecimal. */
	String hash();

	/** What a night made. */
	record Manifest(RecordedManifest recorded) implements CatalogDocument {

		@Override
		public String hash() {
			return recorded.hash();
		}

	}

	/** What a night is worth, if it speaks of the manifest that lies beside it. */
	record Proof(RunProof proof, String hash) implements CatalogDocument {
	}

	/** What a night kept beside its volumes, if it speaks of the manifest beside it. */
	record Exports(RunExports exports, String hash) implements CatalogDocument {
	}

	/** What a later run has read back. */
	record Answers(Verification verification, String hash) implements CatalogDocument {
	}

	/** What a later run has left in a mirror. */
	record Copied(Mirroring mirroring, String hash) implements CatalogDocument {
	}

	/** What a later run has started. */
	record Rehearsed(Rehearsal rehearsal, String hash) implements CatalogDocument {
	}

}
