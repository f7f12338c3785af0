package dev.longhaul.backupstore.target;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a backup target, credentials among them: never in arguments, a
 * configuration file or a database.
 */
public final class TargetVariables {

	/** A certificate authority is the longest of them. */
	private static final int MAX_BYTES = 256 * 1024;

	private static final int MAX_FILES = 64;

	/** Kubernetes mounts a Secret with hidden entries beside its keys. */
	private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

	private TargetVariables() {
	}

	/**
	 * @param directory with a file per variable, as Kubernetes mounts a Secret; null for
	 * the environment
	 * @param setting by which the directory was given, for the message
	 * @throws RefusedRequest if the directory cannot be read
	 */
	public static Map<String, String> read(@Nullable Path directory, String setting, Map<String, String> environment) {
		return (directory != null) ? readDirectory(directory, setting) : environment;
	}

	private static Map<String, String> readDirectory(Path directory, String setting) {
		Map<String, String> variables = new LinkedHashMap<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
			for (Path file : files) {
				String name = file.getFileName().toString();
				if (NAME.matcher(name).matches() && variables.size() < MAX_FILES) {
					variables.put(name, readFile(file));
				}
			}
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.MISSING_CREDENTIALS,
					"the credentials in '%s' cannot be read: %s".formatted(directory, ex.getMessage()),
					setting + " is a directory with a file per variable, as a Secret is mounted", ex);
		}
		if (variables.isEmpty()) {
			throw new RefusedRequest(FailureCode.MISSING_CREDENTIALS,
					"'%s' holds no file named like a variable".formatted(directory),
					"put AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_ENDPOINTS there, a file each");
		}
		return variables;
	}

	private static String readFile(Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			byte[] bytes = in.readNBytes(MAX_BYTES + 1);
			if (bytes.length > MAX_BYTES) {
				throw new IOException("'%s' has more than %d bytes".formatted(file.getFileName(), MAX_BYTES));
			}
			return new String(bytes, StandardCharsets.UTF_8).strip();
		}
	}

}
