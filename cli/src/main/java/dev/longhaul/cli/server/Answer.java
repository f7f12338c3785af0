package dev.longhaul.cli.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * What a server has answered to a call that it has carried out.
 */
public final class Answer {

	private final byte[] body;

	private final String tag;

	/**
	 * @param tag by which the server knows what it has told again; empty if there is none
	 */
	Answer(byte[] body, String tag) {
		this.body = body;
		this.tag = tag;
	}

	/** As the server wrote it. */
	public String text() {
		return new String(body, StandardCharsets.UTF_8);
	}

	/** What a change can be made to depend on; empty if there is nothing. */
	public String tag() {
		return tag;
	}

	/**
	 * @throws RefusedRequest if it is no JSON object
	 */
	public Fields object() {
		if (tree() instanceof Map<?, ?> fields) {
			return new Fields(fields);
		}
		throw misbehaved("the server's answer is a list, not one object");
	}

	/** The elements of the list that it is or holds as {@code items}. */
	public List<Fields> items() {
		return (tree() instanceof List<?> list) ? Fields.all(list) : object().objects("items");
	}

	private Object tree() {
		return JsonTree.read(body).orElseThrow(() -> misbehaved("the server's answer is not the JSON that it says"));
	}

	static RefusedRequest misbehaved(String fact) {
		return new RefusedRequest(FailureCode.SERVER_MISBEHAVED, fact,
				"look at the address; is Longhaul's server there, and of this version?");
	}

}
