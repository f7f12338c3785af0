package dev.longhaul.gitops.repository;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where commits are shown on the web, if the repository's own URL tells: Gitea, Forgejo,
 * GitHub and GitLab show a repository at the address it is cloned from.
 */
public final class CommitLinks {

	/** To a reader that would be the reader's own machine. */
	private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

	private static final Pattern REPOSITORY = Pattern.compile("(/[A-Za-z0-9._~-]+){2,6}");

	private final Optional<URI> repository;

	/**
	 * @param url of the repository; empty if there is none
	 */
	public CommitLinks(Optional<String> url) {
		this.repository = url.flatMap(CommitLinks::page);
	}

	private static Optional<URI> page(String url) {
		try {
			URI uri = new URI(url);
			String scheme = uri.getScheme();
			String host = uri.getHost();
			String path = String.valueOf(uri.getRawPath()).replaceAll("(\\.git)?/?$", "");
			boolean web = ("https".equals(scheme) || "http".equals(scheme)) && host != null && !HERE.contains(host)
					&& uri.getRawUserInfo() == null && REPOSITORY.matcher(path).matches();
			return web ? Optional.of(new URI(scheme + "://" + uri.getRawAuthority() + path)) : Optional.empty();
		}
		catch (URISyntaxException ex) {
			return Optional.empty();
		}
	}

	/** The page of a commit; empty if it is not known to have one. */
	public Optional<URI> of(Revision revision) {
		return repository.map(page -> page + (isGitlab(page) ? "/-/commit/" : "/commit/") + revision.id())
			.map(URI::create);
	}

	private static boolean isGitlab(URI page) {
		return page.getHost().toLowerCase(Locale.ROOT).contains("gitlab");
	}

}
