package dev.longhaul.scheduler.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.gitops.repository.GitLogin;
import org.jspecify.annotations.Nullable;

/**
 * Reads user and token from a mounted Secret.
 */
final class GitCredentials {

	/** Tokens are some dozens of characters. */
	private static final int LONGEST = 4096;

	private GitCredentials() {
	}

	/**
	 * @throws RefusedRequest if a file is missing, empty or cannot be read
	 */
	static GitLogin read(@Nullable Path directory) {
		return (directory != null)
				? new GitLogin.Token(line(directory.resolve("username")), line(directory.resolve("password")))
				: new GitLogin.Anonymous();
	}

	private static String line(Path file) {
		try (InputStream content = Files.newInputStream(file)) {
			String text = new String(content.readNBytes(LONGEST + 1), StandardCharsets.UTF_8).strip();
			if (!text.isEmpty() && text.length() <= LONGEST) {
				return text;
			}
			throw refused("'%s' is empty or longer than %d characters".formatted(file, LONGEST), null);
		}
		catch (IOException ex) {
			throw refused("'%s' cannot be read".formatted(file), ex);
		}
	}

	private static RefusedRequest refused(String fact, @Nullable IOException cause) {
		return new RefusedRequest(FailureCode.MISSING_CREDENTIALS, fact,
				"longhaul.git.credentials is a directory with the files username and password", cause);
	}

}
