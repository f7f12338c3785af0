package dev.longhaul.gitops.repository;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;

/**
 * A branch of a repository.
 *
 * @param url over HTTP or HTTPS, without a password in it
 * @param branch null for the one the repository itself points to
 */
public record GitSource(String url, @Nullable String branch, GitLogin login) {

	private static final Set<String> SCHEMES = Set.of("http", "https");

	/**
	 * @throws RefusedRequest if the URL is not one of those, or carries a secret; the
	 * message does not repeat it then
	 */
	public GitSource {
		requireUsable(url);
		if (branch != null && !branch.matches("[A-Za-z0-9][A-Za-z0-9._/-]{0,200}")) {
			throw refused("'" + branch + "' is no name of a branch", "such as main");
		}
	}

	private static void requireUsable(String url) {
		try {
			URI uri = new URI(url);
			if (uri.getRawUserInfo() != null) {
				throw refused("the URL of the Git repository has a user or a password in it",
						"keep them in the files of the credentials, where no log repeats them");
			}
			if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme()) || uri.getHost() == null) {
				throw refused("'" + url + "' is no URL of a Git repository that can be used here",
						"such as https://gitea.example.org/me/homelab.git");
			}
		}
		catch (URISyntaxException ex) {
			// Its message repeats the URL, and what is wrong may be a character of a
			// password.
			throw refused("the URL of the Git repository cannot be read: " + ex.getReason(),
					"such as https://gitea.example.org/me/homelab.git");
		}
	}

	private static RefusedRequest refused(String fact, String hint) {
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION, fact, hint);
	}

	/** For people: the URL and the branch. */
	@Override
	public String toString() {
		return (branch != null) ? url + " (" + branch + ")" : url;
	}

}
