package dev.longhaul.bucket.call;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a request line points at, when buckets are addressed by path.
 *
 * @param bucket empty for the endpoint itself
 * @param key empty for the bucket itself
 * @param parameters names of the query's parameters
 */
record Target(String bucket, String key, Set<String> parameters) {

	Target {
		parameters = Set.copyOf(parameters);
	}

	static Target of(String requestUri) {
		int question = requestUri.indexOf('?');
		String path = (question < 0) ? requestUri : requestUri.substring(0, question);
		String query = (question < 0) ? "" : requestUri.substring(question + 1);
		String bucketAndKey = path.startsWith("/") ? path.substring(1) : path;
		int slash = bucketAndKey.indexOf('/');
		String bucket = (slash < 0) ? bucketAndKey : bucketAndKey.substring(0, slash);
		String key = (slash < 0) ? "" : bucketAndKey.substring(slash + 1);
		return new Target(decoded(bucket), decoded(key), namesIn(query));
	}

	private static Set<String> namesIn(String query) {
		return Stream.of(query.split("&"))
			.filter(parameter -> !parameter.isEmpty())
			.map(parameter -> parameter.split("=", 2)[0])
			.collect(Collectors.toSet());
	}

	/**
	 * In a path a plus sign is a plus sign, which the decoder for forms does not know.
	 */
	private static String decoded(String pathPart) {
		return URLDecoder.decode(pathPart.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

}
