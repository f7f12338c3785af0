package dev.longhaul.cli;

import java.nio.file.Path;

import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.gitops.repository.FetchBounds;
import dev.longhaul.gitops.repository.GitCredentials;
import dev.longhaul.gitops.repository.GitSource;
import dev.longhaul.gitops.repository.RepositoryWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The repository that a command reads or changes.
 */
final class RepositoryOption {

	private static final String URL = "LONGHAUL_GIT_URL";

	@Option(names = "--url", paramLabel = "URL",
			description = "The GitOps repository, over HTTPS or SSH. Default: the variable " + URL + ".")
	private @Nullable String url;

	@Option(names = "--branch", paramLabel = "BRANCH", description = "Default: the one the repository points to.")
	private @Nullable String branch;

	@Option(names = "--credentials", paramLabel = "DIR",
			description = "A directory as a Secret is mounted: username and password, or sshPrivateKey (also identity) "
					+ "and known_hosts. Default: the variables LONGHAUL_GIT_USERNAME and LONGHAUL_GIT_PASSWORD.")
	private @Nullable Path credentials;

	@Option(names = "--directory", paramLabel = "DIR",
			description = "Where a copy of the repository is kept for the next time. Default: a temporary one.")
	private @Nullable Path directory;

	/** Whether the command line itself says which it is. */
	boolean isNamed() {
		return url != null;
	}

	/** Whether the command line or the environment says which it is. */
	boolean isKnown(Surroundings surroundings) {
		return !named(surroundings).isEmpty();
	}

	private String named(Surroundings surroundings) {
		return (url != null) ? url : surroundings.environment().getOrDefault(URL, "");
	}

	/**
	 * @throws RefusedRequest if nothing says which repository it is
	 */
	GitSource source(Surroundings surroundings) {
		String named = named(surroundings);
		if (named.isEmpty()) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "nothing says which repository to change",
					"name it with --url, or in the variable " + URL);
		}
		return new GitSource(named, branch, GitCredentials.read(credentials, surroundings.environment()));
	}

	RepositoryWriter open(GitSource source, Surroundings surroundings) {
		return (directory != null) ? RepositoryWriter.open(directory, source, FetchBounds.USUAL, surroundings.clock())
				: RepositoryWriter.openOnce(source, FetchBounds.USUAL, surroundings.clock());
	}

}
