package dev.longhaul.gitops.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;

/**
 * Where a login comes from: a mounted Secret or the environment, never an argument.
 */
public final class GitCredentials {

	/** For {@link GitLogin.Token}; as Argo CD, Flux and Kubernetes' own type name it. */
	private static final String PASSWORD_FILE = "password";

	private static final String USER_FILE = "username";

	private static final String PASSWORD = "LONGHAUL_GIT_PASSWORD";

	private static final String USER = "LONGHAUL_GIT_USERNAME";

	/** With a token the name matters to no server; some want one all the same. */
	private static final String ANY_USER = "git";

	private GitCredentials() {
	}

	/**
	 * @param directory of a Secret, with {@code username} and {@code password} or with a
	 * private key and known hosts; null for the environment
	 * @throws RefusedRequest if the directory holds neither
	 */
	public static GitLogin read(@Nullable Path directory, Map<String, String> environment) {
		if (directory != null) {
			return Files.isRegularFile(directory.resolve(PASSWORD_FILE)) ? token(directory)
					: GitLogin.Key.in(directory);
		}
		String password = environment.getOrDefault(PASSWORD, "");
		return password.isEmpty() ? new GitLogin.Anonymous()
				: new GitLogin.Token(environment.getOrDefault(USER, ANY_USER), password);
	}

	private static GitLogin.Token token(Path directory) {
		Path user = directory.resolve(USER_FILE);
		return new GitLogin.Token(Files.isRegularFile(user) ? text(user) : ANY_USER,
				text(directory.resolve(PASSWORD_FILE)));
	}

	private static String text(Path file) {
		try {
			CredentialFile.requireShort(file);
			return Files.readString(file).strip();
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.MISSING_CREDENTIALS,
					"'%s' cannot be read: %s".formatted(file, ex.getMessage()), "look at its permissions", ex);
		}
	}

}
