package dev.longhaul.gitops.repository;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * Who wants a change, as a commit says it.
 */
public record Author(String name, String email) {

	/** Who commits, and who wants what nobody in particular does. */
	public static final Author LONGHAUL = new Author("Longhaul", "longhaul@localhost");

	private static final Pattern FORM = Pattern
		.compile("\\s*([^<>\\p{Cntrl}]*[^<>\\p{Cntrl}\\s])\\s*<([^<>\\s]+)>\\s*");

	private static final int LONGEST = 200;

	public Author {
		if (name.isBlank() || (name + email).length() > LONGEST || !(name + email).matches("[^<>\\p{Cntrl}]*")) {
			throw new IllegalArgumentException("no name of an author, or no address");
		}
	}

	/**
	 * As Git writes it: {@code Ada <ada@example.org>}.
	 * @throws RefusedRequest if it is not of that form
	 */
	public static Author parse(String text) {
		Matcher matcher = FORM.matcher(text);
		if (text.length() > LONGEST || !matcher.matches()) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "'" + text + "' is no author",
					"write it as Git does: 'Ada <ada@example.org>'");
		}
		return new Author(matcher.group(1), matcher.group(2));
	}

	@Override
	public String toString() {
		return name + " <" + email + ">";
	}

}
