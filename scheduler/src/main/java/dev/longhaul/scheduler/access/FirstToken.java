package dev.longhaul.scheduler.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * The token with which a new server is used for the first time.
 */
public final class FirstToken {

	private FirstToken() {
	}

	/**
	 * Writes a token of the scope {@code admin} into a file that only its owner may read,
	 * if this server never had a token. Before the token is valid the file is whole, so a
	 * process that is killed in between leaves a file that opens nothing, and writes
	 * another one the next time.
	 * @throws RefusedRequest if the file cannot be written
	 */
	public static void write(Tokens tokens, Path file) {
		if (!tokens.isEmpty()) {
			return;
		}
		tokens.createKept(new TokenOrder("first", Set.of(Scope.ADMIN), null), "longhaul-server",
				secret -> save(secret, file));
	}

	private static void save(TokenSecret secret, Path file) {
		Path whole = file.toAbsolutePath();
		Path part = whole.resolveSibling(whole.getFileName() + ".part");
		try {
			Files.deleteIfExists(part);
			Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
			Files.write(part, (secret.reveal() + "\n").getBytes(StandardCharsets.US_ASCII));
			Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE,
					"the first token cannot be written to '%s': %s".formatted(file, ex.getMessage()),
					"check longhaul.server.first-token-file, and that its directory can be written", ex);
		}
	}

}
