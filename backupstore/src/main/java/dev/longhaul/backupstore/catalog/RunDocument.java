package dev.longhaul.backupstore.catalog;

import java.util.function.Function;

import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.run.Mirroring;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Rehearsal;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.run.Verification;

/**
 * One of the documents in the folder of a night: its file, and how it becomes bytes and
 * comes back from them.
 *
 * @param night the one that a document says it is of
 */
record RunDocument<T>(String file, Function<T, byte[]> writer, Parser<T> parser, Function<T, Night> night) {

	static final RunDocument<RunManifest> MANIFEST = new RunDocument<>("manifest.json", RunManifestJson::write,
			RunManifestJson::read, RunManifest::night);

	static final RunDocument<RunProof> PROOF = new RunDocument<>("proof.json", RunProofJson::write, RunProofJson::read,
			RunProof::night);

	static final RunDocument<Verification> VERIFICATION = new RunDocument<>("verification.json",
			VerificationJson::write, VerificationJson::read, Verification::run);

	static final RunDocument<Mirroring> MIRRORING = new RunDocument<>("mirroring.json", MirroringJson::write,
			MirroringJson::read, Mirroring::run);

	static final RunDocument<Rehearsal> DRILL = new RunDocument<>("drill.json", RehearsalJson::write,
			RehearsalJson::read, Rehearsal::run);

	static final RunDocument<RunExports> EXPORTS = new RunDocument<>("exports.json", RunExportsJson::write,
			RunExportsJson::read, RunExports::night);

	boolean isAt(RunKey key) {
		return key.file().equals(file);
	}

	/**
	 * @param wanted a document of another night, signed as it is, proves nothing of this
	 * one
	 */
	T read(byte[] content, Night wanted) throws MalformedException {
		T document = parser.parse(content);
		Night found = night.apply(document);
		if (!found.equals(wanted)) {
			throw new MalformedException("it is the one of %s".formatted(found));
		}
		return document;
	}

	/** Makes a document of bytes. */
	@FunctionalInterface
	interface Parser<T> {

		T parse(byte[] bytes) throws MalformedException;

	}

}
