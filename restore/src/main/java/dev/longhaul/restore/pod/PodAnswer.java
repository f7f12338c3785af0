package dev.longhaul.restore.pod;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.core.text.Printable;

/**
 * What one of our scripts printed in a pod: lines of a word and what belongs to it. All
 * else is somebody else's, and not read.
 */
public record PodAnswer(List<Line> lines) {

	private static final Pattern LINE = Pattern.compile("longhaul: ([a-z]+) ?(.*)", Pattern.DOTALL);

	private static final int MOST_WORDS = 300;

	/** No path and no sentence of ours is as long. */
	private static final int LONGEST = 1000;

	public PodAnswer {
		lines = List.copyOf(lines);
	}

	/**
	 * What a script said.
	 *
	 * @param word what it is about
	 */
	public record Line(String word, String value) {
	}

	/** Of an output that is bounded already. */
	public static PodAnswer of(String output) {
		List<Line> lines = new ArrayList<>();
		Arrays.stream(output.split("\n")).map(LINE::matcher).filter(Matcher::matches).forEach(matcher -> {
			String value = matcher.group(2).strip();
			lines.add(new Line(matcher.group(1), value.substring(0, Math.min(value.length(), LONGEST))));
		});
		return new PodAnswer(lines);
	}

	/**
	 * What belongs to the last line of that word; empty if there is none or it is bare.
	 */
	public Optional<String> find(String word) {
		return all(word).stream().reduce((first, second) -> second).filter(value -> !value.isEmpty());
	}

	/** What belongs to a word, line by line, fit for a message. */
	public List<String> all(String word) {
		return lines.stream().filter(line -> line.word().equals(word)).map(line -> Printable.of(line.value())).toList();
	}

	/**
	 * Somebody else's words, fit for a message: one line, bounded, no control characters.
	 */
	public static String words(String text) {
		String line = Printable.of(text.strip().replaceAll("\\s+", " "));
		return line.substring(0, Math.min(line.length(), MOST_WORDS));
	}

}
