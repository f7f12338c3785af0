package dev.longhaul.scheduler.web;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import dev.longhaul.core.failure.FailureCode;

/**
 * Why a request was not done, as RFC 9457 has it.
 *
 * @param status of HTTP
 * @param detail what happened, with the values it happened to
 * @param hint what to do next
 * @param instance of this one occurrence; the log has it beside what it says of it
 * @param extensions further members, by name
 */
public record Problem(FailureCode code, int status, String detail, String hint, URI instance,
		Map<String, Object> extensions) {

	/** Of the answer's content. */
	public static final String MEDIA_TYPE = "application/problem+json";

	/** {@code docs/failures.md} lists what may follow. */
	private static final String TYPES = "https://longhaul.dev/problems/";

	public Problem {
		extensions = Map.copyOf(extensions);
	}

	/** A new occurrence. */
	public static Problem of(FailureCode code, int status, String detail, String hint) {
		return new Problem(code, status, detail, hint, URI.create("urn:uuid:" + UUID.randomUUID()), Map.of());
	}

	/** The same occurrence with one more member. */
	public Problem with(String member, Object value) {
		Map<String, Object> more = new LinkedHashMap<>(extensions);
		more.put(member, value);
		return new Problem(code, status, detail, hint, instance, more);
	}

	/** The type of the problems of one code. */
	public static URI type(FailureCode code) {
		return URI.create(TYPES + code);
	}

	Map<String, Object> members() {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("type", type(code).toString());
		members.put("title", code.meaning());
		members.put("status", status);
		members.put("code", code.name());
		members.put("detail", detail);
		members.put("hint", hint);
		members.put("instance", instance.toString());
		members.putAll(extensions);
		return members;
	}

}
