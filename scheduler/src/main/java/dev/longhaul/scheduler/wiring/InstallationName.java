package dev.longhaul.scheduler.wiring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * What this installation calls itself in the cluster, in a file beside its database: who
 * has the one has the other. Without the file it is another installation, which waits
 * until what the old one left behind is over.
 */
final class InstallationName {

	private static final Pattern NAME = Pattern.compile("[0-9a-f-]{36}");

	private InstallationName() {
	}

	/**
	 * @param database without its ending
	 */
	static String beside(Path database) {
		Path file = database.resolveSibling(database.getFileName() + ".installation");
		try {
			if (Files.isRegularFile(file) && Files.size(file) <= 64) {
				String name = Files.readString(file, StandardCharsets.US_ASCII).strip();
				if (NAME.matcher(name).matches()) {
					return name;
				}
			}
			String name = UUID.randomUUID().toString();
			Files.createDirectories(file.toAbsolutePath().getParent());
			Path whole = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), name + "\n");
			Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			return name;
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"the file '%s' cannot be read or written: %s".formatted(file, ex.getMessage()),
					"let Longhaul write into the directory of its database", ex);
		}
	}

}
