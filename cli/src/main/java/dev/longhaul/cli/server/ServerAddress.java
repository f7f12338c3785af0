package dev.longhaul.cli.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;

/**
 * Where a server answers.
 *
 * @param base its URL, without a slash at its end
 */
public record ServerAddress(String base) {

	private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

	/** Whether a token may travel in clear text. */
	public enum ClearText {

		/** Only within this machine. */
		ON_LOOPBACK,

		/** Somebody has said that nobody listens. */
		ANYWHERE

	}

	/**
	 * @throws RefusedRequest if it is none, or the token would be sent in clear text
	 * where it must not be
	 */
	public static ServerAddress of(String url, ClearText clearText) {
		URI uri = parse(url);
		boolean encrypted = "https".equalsIgnoreCase(uri.getScheme());
		if (!encrypted && clearText == ClearText.ON_LOOPBACK && !LOOPBACK.matcher(uri.getHost()).matches()) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"'%s' would send the token in clear text over the network".formatted(url),
					"use https://, or a tunnel to a port of this machine; --insecure-http sends it all the same");
		}
		return new ServerAddress(url.replaceAll("/+$", ""));
	}

	private static URI parse(String url) {
		try {
			URI uri = new URI(url);
			boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
			if (web && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null
					&& uri.getRawFragment() == null) {
				return uri;
			}
		}
		catch (URISyntaxException ex) {
			throw none(ex);
		}
		throw none(null);
	}

	/** The text is not repeated: there may be a password in it. */
	private static RefusedRequest none(@Nullable URISyntaxException cause) {
		return new RefusedRequest(FailureCode.INVALID_USAGE,
				"the server's address is no URL of http or https, or has a user or a query in it",
				"write https://longhaul.example.org, or http://127.0.0.1:8080", cause);
	}

	URI resolve(ApiPath path) {
		return URI.create(base + path);
	}

	@Override
	public String toString() {
		return base;
	}

}
