package dev.longhaul.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.signature.TrustedKeys;
import picocli.CommandLine.Option;

/**
 * Whose signatures are believed.
 */
final class TrustOption {

	@Option(names = "--trust", paramLabel = "FILE",
			description = "A public key (Ed25519, PEM) whose signature is believed; may be repeated.")
	private List<Path> files = List.of();

	List<Path> files() {
		return files;
	}

	/**
	 * @throws dev.longhaul.core.failure.RefusedRequest if a file is no such key
	 */
	Seal seal() {
		return files.isEmpty() ? Seal.none() : Seal.trusting(TrustedKeys.read(files));
	}

	/** Says it if nothing was checked. */
	void note(PrintWriter errors) {
		if (files.isEmpty()) {
			errors.println("note: signatures were not checked; --trust FILE names the public key");
			errors.flush();
		}
	}

}
