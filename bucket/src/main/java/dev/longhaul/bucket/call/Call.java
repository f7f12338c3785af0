package dev.longhaul.bucket.call;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request as it arrived.
 *
 * @param number counts the requests of an endpoint from 1
 * @param connection counts the connections of an endpoint from 1: two calls of the same
 * number came over the same connection
 * @param bucket empty if the call is about the endpoint itself
 * @param key empty if the call is about the bucket itself
 * @param headers by name in lower case; several of one name joined with a comma
 */
public record Call(long number, long connection, Operation operation, String bucket, String key,
		Map<String, String> headers) {

	public Call {
		headers = Map.copyOf(headers);
	}

	/**
	 * @param requestUri path and query as they stand in the request line
	 * @throws IllegalArgumentException if the path is not one
	 */
	public static Call of(long number, long connection, String method, String requestUri,
			Iterable<Map.Entry<String, String>> headers) {
		Map<String, String> byName = new TreeMap<>();
		headers.forEach(header -> byName.merge(header.getKey().toLowerCase(Locale.ROOT), header.getValue(),
				(first, second) -> first + "," + second));
		Target target = Target.of(requestUri);
		Operation operation = Operation.of(method, target, byName);
		return new Call(number, connection, operation, target.bucket(), target.key(), byName);
	}

	/** For the message of a failed test; without headers, one of which is a signature. */
	@Override
	public String toString() {
		return "#%d %s %s/%s on connection %d".formatted(number, operation, bucket, key, connection);
	}

}
