package dev.longhaul.scheduler.notification;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * What a web service is sent. Not a record: address and headers may be secrets, and are
 * never printed.
 */
final class Post {

	private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]+");

	private final URI uri;

	private final Map<String, String> headers = new LinkedHashMap<>();

	private final String body;

	private Post(URI uri, String type, String body) {
		this.uri = uri;
		this.body = body;
		headers.put("Content-Type", type);
	}

	static Post json(URI uri, String body) {
		return new Post(uri, "application/json", body);
	}

	static Post text(URI uri, String body) {
		return new Post(uri, "text/plain; charset=utf-8", body);
	}

	/**
	 * @throws RefusedRequest if the value cannot be one of a header
	 */
	Post with(String header, String value) {
		if (!HEADER_VALUE.matcher(value).matches()) {
			throw new RefusedRequest(FailureCode.MISSING_CREDENTIALS,
					"the value of the header '%s' has characters that a header cannot have".formatted(header),
					"look at the file that it comes from: it is one line of ASCII");
		}
		headers.put(header, value);
		return this;
	}

	URI uri() {
		return uri;
	}

	Map<String, String> headers() {
		return headers;
	}

	String body() {
		return body;
	}

}
