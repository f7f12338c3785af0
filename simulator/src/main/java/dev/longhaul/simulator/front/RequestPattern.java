package dev.longhaul.simulator.front;

import java.util.regex.Pattern;

/**
 * Which requests a scripted fault meets.
 *
 * @param verb as in {@link ApiRequest}, or {@link #ANY_VERB}
 * @param path matches the whole path
 */
public record RequestPattern(String verb, Pattern path) {

	public static final String ANY_VERB = "*";

	/**
	 * @param path a regular expression for the whole path, without the query
	 */
	public static RequestPattern of(String verb, String path) {
		return new RequestPattern(verb, Pattern.compile(path));
	}

	public static RequestPattern everything() {
		return of(ANY_VERB, ".*");
	}

	boolean matches(ApiRequest request) {
		return (verb.equals(ANY_VERB) || verb.equals(request.verb())) && path.matcher(request.path()).matches();
	}

	@Override
	public String toString() {
		return verb + " " + path;
	}

}
