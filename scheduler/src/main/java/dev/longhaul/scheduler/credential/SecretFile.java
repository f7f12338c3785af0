package dev.longhaul.scheduler.credential;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;

/**
 * A file of a mounted Secret, one line each. It is read whenever it is needed, so that a
 * Secret that changes needs no restart, and never kept. What is in it is no part of any
 * message.
 */
public record SecretFile(Path path) {

	/** In bytes. No password, token or URL is near it. */
	private static final int LONGEST = 8 * 1024;

	/**
	 * @throws RefusedRequest if there is none that can be used
	 */
	public String read() {
		try (InputStream in = Files.newInputStream(path)) {
			byte[] bytes = in.readNBytes(LONGEST + 1);
			String secret = new String(bytes, StandardCharsets.UTF_8).strip();
			if (bytes.length > LONGEST || secret.isEmpty() || secret.chars().anyMatch(Character::isISOControl)) {
				throw refused("is not one line of text", null);
			}
			return secret;
		}
		catch (IOException ex) {
			throw refused("cannot be read", ex);
		}
	}

	/** Whether there is one; it may be gone when it is read. */
	public boolean exists() {
		return Files.isRegularFile(path);
	}

	private RefusedRequest refused(String what, @Nullable IOException cause) {
		return new RefusedRequest(FailureCode.MISSING_CREDENTIALS, "the credential '%s' %s".formatted(path, what),
				"it is a file of its own, as a Secret is mounted; docs/configuration.md and docs/notifications.md say which there are",
				cause);
	}

}
