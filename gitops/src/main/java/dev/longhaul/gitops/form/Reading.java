package dev.longhaul.gitops.form;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * What came of reading: every problem, not only the first, and where each value stood, so
 * that checks between values can name their place too.
 */
public final class Reading {

	/** A value is repeated up to here: it may be a whole file put in the wrong place. */
	private static final int LONGEST_VALUE = 60;

	private final List<Problem> problems = new ArrayList<>();

	private final IdentityHashMap<Object, Position> positions = new IdentityHashMap<>();

	/** In the order of files and lines. */
	public List<Problem> problems() {
		return problems.stream().sorted(Comparator.comparing(Problem::position)).toList();
	}

	/**
	 * Where this very object was read from; equal ones may stand elsewhere.
	 * @throws IllegalArgumentException if it was not
	 */
	public Position positionOf(Object value) {
		Position position = positions.get(value);
		if (position == null) {
			throw new IllegalArgumentException("not read from a file: " + value);
		}
		return position;
	}

	public void refuse(Position position, String fact, String hint) {
		problems.add(new Problem(position, fact, hint));
	}

	void refuse(Node node, String fact, String hint) {
		refuse(Position.of(node), fact, hint);
	}

	/** The value is of another type, or not of the form its text has to have. */
	void refuse(Node node, Form<?> form) {
		refuse(node, describe(node) + " is not what belongs here", "expected " + form.expected());
	}

	/** How many problems there are so far. */
	public int count() {
		return problems.size();
	}

	<T> T readFrom(Node node, T value) {
		positions.putIfAbsent(value, Position.of(node));
		return value;
	}

	static String describe(Node node) {
		if (node instanceof ScalarNode scalar) {
			if (scalar.getTag().equals(Tag.NULL)) {
				return "nothing";
			}
			boolean quotesMatter = !scalar.getTag().equals(Tag.STR);
			String value = abbreviated(scalar.getValue());
			return quotesMatter ? value + " (without quotes)" : "'" + value + "'";
		}
		return (node instanceof MappingNode) ? "a mapping" : "a list";
	}

	private static String abbreviated(String value) {
		return (value.length() <= LONGEST_VALUE) ? value : value.substring(0, LONGEST_VALUE) + "…";
	}

}
