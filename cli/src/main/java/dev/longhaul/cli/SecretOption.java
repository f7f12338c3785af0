package dev.longhaul.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.core.secret.SecretRef;
import dev.longhaul.restore.kit.Kit;
import org.jspecify.annotations.Nullable;

/**
 * A Secret that goes into a kit: {@code NAMESPACE/NAME} of the cluster, or
 * {@code NAMESPACE/NAME=DIR} of a directory with a file for each of its keys, as
 * Kubernetes mounts one.
 *
 * @param directory null for the cluster's
 */
record SecretOption(SecretRef ref, @Nullable Path directory) {

	private static final int MOST_FILES = 100;

	/**
	 * @throws IllegalArgumentException if it is neither
	 */
	static SecretOption parse(String text) {
		int equals = text.indexOf('=');
		if (equals < 0) {
			return new SecretOption(SecretRef.parse(text), null);
		}
		try {
			return new SecretOption(SecretRef.parse(text.substring(0, equals)), Path.of(text.substring(equals + 1)));
		}
		catch (InvalidPathException ex) {
			throw new IllegalArgumentException("what follows the '=' is no directory");
		}
	}

	/**
	 * A directory with a file per key, byte for byte. Entries that begin with a dot are
	 * Kubernetes' own.
	 * @throws RefusedRequest if it cannot be read, is empty or too large
	 */
	static SortedMap<String, Secret> read(Path directory) {
		SortedMap<String, Secret> data = new TreeMap<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(directory,
				file -> !file.getFileName().toString().startsWith(".") && Files.isRegularFile(file))) {
			for (Path file : files) {
				data.put(file.getFileName().toString(), content(file));
				if (data.size() > MOST_FILES) {
					throw new IOException("it has more than %d files".formatted(MOST_FILES));
				}
			}
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.MISSING_CREDENTIALS,
					"the Secret in '%s' cannot be read: %s".formatted(directory, ex.getMessage()),
					"name a directory with a file for each key, as Kubernetes mounts a Secret", ex);
		}
		if (data.isEmpty()) {
			throw new RefusedRequest(FailureCode.MISSING_CREDENTIALS, "'%s' holds no file".formatted(directory),
					"name a directory with a file for each key, as Kubernetes mounts a Secret");
		}
		return data;
	}

	private static Secret content(Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			byte[] bytes = in.readNBytes(Kit.LARGEST_SECRET + 1);
			if (bytes.length > Kit.LARGEST_SECRET) {
				throw new IOException("'%s' has more than %d bytes".formatted(file.getFileName(), Kit.LARGEST_SECRET));
			}
			return Secret.of(bytes);
		}
	}

}
