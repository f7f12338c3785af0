package dev.longhaul.cli.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * A resource of the server, and what is asked of it.
 *
 * @param text as it stands in a URL
 */
public record ApiPath(String text) {

	/**
	 * @param segments below {@code /api/v1}, such as {@code runs} and an id
	 */
	public static ApiPath of(String... segments) {
		StringBuilder path = new StringBuilder("/api/v1");
		for (String segment : segments) {
			path.append('/').append(encoded(segment));
		}
		return new ApiPath(path.toString());
	}

	/**
	 * @param value null to leave it to the server
	 */
	public ApiPath with(String name, @Nullable Object value) {
		if (value == null) {
			return this;
		}
		return new ApiPath(text + (text.contains("?") ? "&" : "?") + name + "=" + encoded(value.toString()));
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

	@Override
	public String toString() {
		return text;
	}

}
