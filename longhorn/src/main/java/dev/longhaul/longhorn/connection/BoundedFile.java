package dev.longhaul.longhorn.connection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * A small file of the configuration. Anything larger is not what it claims to be.
 */
final class BoundedFile {

	static final int MAX_BYTES = 1024 * 1024;

	private BoundedFile() {
	}

	/**
	 * @param what the file is, for the message
	 * @throws RefusedRequest if it cannot be read or is larger than {@link #MAX_BYTES}
	 */
	static byte[] read(String what, Path file) {
		try (InputStream in = Files.newInputStream(file)) {
			byte[] content = in.readNBytes(MAX_BYTES + 1);
			if (content.length > MAX_BYTES) {
				throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
						what + " '" + file + "' is larger than " + MAX_BYTES + " bytes", "check the path");
			}
			return content;
		}
		catch (NoSuchFileException ex) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION, what + " '" + file + "' does not exist",
					"check the path", ex);
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION, what + " '" + file + "' cannot be read: " + ex,
					"check the path and its permissions", ex);
		}
	}

}
