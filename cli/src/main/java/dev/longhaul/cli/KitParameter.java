package dev.longhaul.cli;

import java.nio.file.Path;

import dev.longhaul.restore.kit.KitFile;
import picocli.CommandLine.Parameters;

/**
 * The kit that a command works with.
 */
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without it
final class KitParameter {

	@Parameters(paramLabel = "FILE", description = "The kit, as 'longhaul kit create' wrote it.")
	private Path file;

	/**
	 * @throws dev.longhaul.core.failure.RefusedRequest if it cannot be read
	 */
	KitFile read() {
		return KitFile.read(file);
	}

	@Override
	public String toString() {
		return String.valueOf(file);
	}

}
