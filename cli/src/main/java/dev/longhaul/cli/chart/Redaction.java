package dev.longhaul.cli.chart;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.longhaul.core.text.Printable;
import dev.longhaul.gitops.form.PlainObjects;

/**
 * Takes out of what Helm says whatever it was given as a value. Helm's own words quote
 * what it could not read, and that may be a password.
 */
final class Redaction {

	private static final String GONE = "…";

	/** Shorter ones are words of every sentence. */
	private static final int SHORTEST = 4;

	/** One line of a failure. */
	private static final int LONGEST = 500;

	/** Of Helm's own command line. */
	private static final String ADVICE = "Use --debug flag to render out invalid YAML";

	private static final Pattern SEPARATORS = Pattern.compile("[^A-Za-z0-9]+");

	private static final Set<String> HARMLESS = Set.of("true", "false", "null");

	private final List<Pattern> secrets;

	private Redaction(List<Pattern> secrets) {
		this.secrets = secrets;
	}

	/**
	 * @param values as YAML
	 * @throws dev.longhaul.core.failure.RefusedRequest if one of them is no YAML
	 */
	static Redaction of(Collection<String> values) {
		return new Redaction(values.stream()
			.flatMap(yaml -> PlainObjects.texts("the values", yaml).stream())
			.flatMap(Redaction::forms)
			.filter(text -> text.length() >= SHORTEST && !HARMLESS.contains(text))
			.distinct()
			.sorted(Comparator.comparing(String::length).reversed())
			.map(text -> Pattern.compile(Pattern.quote(text), Pattern.CASE_INSENSITIVE))
			.toList());
	}

	/** As it is, line by line and word by word, and as a Secret has it. */
	private static Stream<String> forms(String text) {
		return Stream
			.of(Stream.of(text, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))),
					text.lines(), SEPARATORS.splitAsStream(text))
			.flatMap(each -> each);
	}

	/** In one line, bounded, and without any of the values. */
	String of(String message) {
		String left = message.replace(ADVICE, "").strip();
		for (Pattern secret : secrets) {
			left = secret.matcher(left).replaceAll(GONE);
		}
		String line = Printable.of(left.replaceAll("\\s+", " "));
		return (line.length() <= LONGEST) ? line : line.substring(0, LONGEST) + GONE;
	}

}
