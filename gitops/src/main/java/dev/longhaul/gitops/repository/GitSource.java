package dev.longhaul.gitops.repository;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;

/**
 * A branch of a repository.
 *
 * @param url over HTTP, HTTPS or SSH, without a password in it; also the short form of
 * SSH, {@code git@host:path}
 * @param branch null for the one the repository itself points to
 */
public record GitSource(String url, @Nullable String branch, GitLogin login) {

	static final int SSH_PORT = 22;

	private static final Set<String> SCHEMES = Set.of("http", "https");

	private static final Pattern SHORT_SSH = Pattern
		.compile("([A-Za-z0-9._-]+@)([A-Za-z0-9.-]+):([^/\\s:][^\\s]*|/[^/\\s][^\\s]*)");

	/**
	 * @throws RefusedRequest if the URL is not one of those, or carries a secret, or the
	 * login is not one for it; the message does not repeat a secret
	 */
	public GitSource {
		boolean ssh = requireUsable(url);
		if (branch != null && !branch.matches("[A-Za-z0-9][A-Za-z0-9._/-]{0,200}")) {
			throw refused("'" + branch + "' is no name of a branch", "such as main");
		}
		if (ssh && !(login instanceof GitLogin.Key)) {
			throw new RefusedRequest(FailureCode.MISSING_CREDENTIALS, "'" + url + "' needs a private key",
					"name the directory of a Secret with sshPrivateKey or identity, and known_hosts");
		}
		if (!ssh && login instanceof GitLogin.Key) {
			throw refused("'" + url + "' is not reached by SSH, and there is a private key for it",
					"use a URL such as ssh://git@gitea.example.org/me/homelab.git, or a token");
		}
	}

	private static boolean requireUsable(String url) {
		if (SHORT_SSH.matcher(url).matches()) {
			return true;
		}
		try {
			URI uri = new URI(url);
			boolean ssh = "ssh".equals(uri.getScheme());
			String user = uri.getRawUserInfo();
			if (user != null && (!ssh || user.contains(":"))) {
				throw refused("the URL of the Git repository has a user or a password in it",
						"keep them in the files of the credentials, where no log repeats them");
			}
			if (!(ssh || SCHEMES.contains(uri.getScheme() == null ? "" : uri.getScheme())) || uri.getHost() == null) {
				throw refused("'" + url + "' is no URL of a Git repository that can be used here",
						"such as https://gitea.example.org/me/homelab.git or git@gitea.example.org:me/homelab.git");
			}
			return ssh;
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
