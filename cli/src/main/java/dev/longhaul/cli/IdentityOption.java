package dev.longhaul.cli;

import java.io.PrintWriter;
import java.nio.file.Path;

import dev.longhaul.backupstore.stream.Identities;
import dev.longhaul.core.text.Printable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Whose secret key opens what is encrypted.
 */
final class IdentityOption {

	@Option(names = "--identity", paramLabel = "FILE",
			description = "A file with a secret key of age, as age-keygen writes it; for one that is encrypted.")
	private @Nullable Path file;

	/**
	 * @param errors told if others may read the file. ssh refuses such a key; here it is
	 * used, as who restores has enough to do
	 * @return null if none was given
	 * @throws dev.longhaul.core.failure.RefusedRequest if the file holds none
	 */
	@Nullable Identities read(PrintWriter errors) {
		if (file == null) {
			return null;
		}
		Identities read = Identities.read(file);
		if (Identities.isOpenToOthers(file)) {
			errors.println("note: others than its owner may read %s; chmod 600 ends that"
				.formatted(Printable.of(file.toString())));
			errors.flush();
		}
		return read;
	}

}
