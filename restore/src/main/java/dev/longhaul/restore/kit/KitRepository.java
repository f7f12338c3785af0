package dev.longhaul.restore.kit;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.longhaul.core.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The Git repository that the cluster is deployed from.
 *
 * @param url without a password in it
 * @param branch null for the one the repository itself points to
 * @param credentials by the names of the files of a Secret: {@code username} and
 * {@code password}, or a private key and {@code known_hosts}; none if everybody may read
 * it
 */
public record KitRepository(String url, @Nullable String branch, SortedMap<String, Secret> credentials) {

	private static final int LONGEST = 2048;

	private static final int MOST = 16;

	private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,253}");

	public KitRepository {
		credentials = Collections.unmodifiableSortedMap(new TreeMap<>(credentials));
		if (url.isBlank() || url.length() > LONGEST || (branch != null && branch.length() > LONGEST)) {
			throw new IllegalArgumentException("a repository has a URL of at most %d characters".formatted(LONGEST));
		}
		if (hasPassword(url)) {
			throw new IllegalArgumentException("the URL of the repository has a password in it");
		}
		if (credentials.size() > MOST || !credentials.keySet().stream().allMatch(key -> KEY.matcher(key).matches())) {
			throw new IllegalArgumentException("a repository has at most %d credentials".formatted(MOST));
		}
	}

	/** The short form of SSH is no URI, and has no place for one. */
	private static boolean hasPassword(String url) {
		try {
			String user = new URI(url).getRawUserInfo();
			return user != null && user.contains(":");
		}
		catch (URISyntaxException ex) {
			return url.contains("://");
		}
	}

}
