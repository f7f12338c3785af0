package dev.longhaul.cli.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A call that changes something.
 *
 * @param json its body; empty for none
 * @param headers besides those of every call
 */
public record Call(String method, ApiPath path, String json, Map<String, String> headers) {

	private static final String KEY = "Idempotency-Key";

	public Call {
		headers = Map.copyOf(headers);
	}

	/** Without a body. */
	public static Call post(ApiPath path) {
		return new Call("POST", path, "", Map.of());
	}

	/**
	 * @param fields texts, whole numbers and lists of texts
	 */
	public static Call post(ApiPath path, Map<String, ?> fields) {
		return new Call("POST", path, JsonTree.write(fields), Map.of());
	}

	/**
	 * @param fields texts, whole numbers and lists of texts
	 */
	public static Call put(ApiPath path, Map<String, ?> fields) {
		return new Call("PUT", path, JsonTree.write(fields), Map.of());
	}

	public static Call delete(ApiPath path) {
		return new Call("DELETE", path, "", Map.of());
	}

	public Call with(String header, String value) {
		Map<String, String> more = new LinkedHashMap<>(headers);
		more.put(header, value);
		return new Call(method, path, json, more);
	}

	/** Done once, however often it is sent. */
	public Call once() {
		return with(KEY, UUID.randomUUID().toString());
	}

	boolean isSafeToRepeat() {
		return headers.containsKey(KEY);
	}

}
