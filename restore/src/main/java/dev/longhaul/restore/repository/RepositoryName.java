package dev.longhaul.restore.repository;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Gitea calls a repository, in lower case as it writes it on its disk.
 */
public record RepositoryName(String owner, String name) {

	/** What Gitea lets people use. A name of dots only would be another place. */
	private static final Pattern PART = Pattern.compile("(?!\\.+$)[a-z0-9_.-]{1,100}");

	private static final Pattern URL = Pattern.compile(".*[/:]([^/:]+)/([^/]+?)(\\.git)?/?");

	public RepositoryName {
		if (!PART.matcher(owner).matches() || !PART.matcher(name).matches()) {
			throw new IllegalArgumentException(
					"owner and name of a repository have 1 to 100 of a-z, 0-9, '-', '_' and '.'");
		}
	}

	/**
	 * @param url of Git, such as {@code http://gitea-http.gitea.svc:3000/owner/name.git}
	 * @throws IllegalArgumentException if it does not end with an owner and a name
	 */
	public static RepositoryName of(String url) {
		Matcher matcher = URL.matcher(url.toLowerCase(Locale.ROOT));
		if (!matcher.matches()) {
			throw new IllegalArgumentException("the URL does not end with owner/name.git");
		}
		return new RepositoryName(matcher.group(1), matcher.group(2));
	}

	/** Below the directory of all repositories. */
	String directory() {
		return owner + "/" + name + ".git";
	}

	@Override
	public String toString() {
		return owner + "/" + name;
	}

}
