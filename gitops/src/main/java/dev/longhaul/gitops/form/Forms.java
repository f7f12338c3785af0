package dev.longhaul.gitops.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The forms of values, from texts up to lists.
 */
public final class Forms {

	private Forms() {
	}

	/**
	 * @param parser throws {@link IllegalArgumentException} with a message for people
	 */
	public static <T> Form<T> text(String expected, Function<String, T> parser) {
		return new TextForm<>(expected, Map.of("minLength", 1), parser);
	}

	/**
	 * @param pattern of ECMA-262, as JSON Schema has them; the parser decides
	 * @param parser throws {@link IllegalArgumentException} with a message for people
	 */
	public static <T> Form<T> text(String expected, String pattern, Function<String, T> parser) {
		return new TextForm<>(expected, Map.of("pattern", pattern), parser);
	}

	/** One of the values, by the word for it. */
	public static <T> Form<T> oneOf(List<T> values, Function<T, String> word) {
		List<String> words = values.stream().map(word).toList();
		return new TextForm<>("one of " + String.join(", ", words), Map.of("enum", words), text -> {
			int index = words.indexOf(text);
			if (index < 0) {
				throw new IllegalArgumentException("'" + text + "' is not known here");
			}
			return values.get(index);
		});
	}

	/** A whole number. */
	public static Form<Integer> whole(int least, int most) {
		return new ScalarForm<>("a whole number from %d to %d".formatted(least, most), Tag.INT,
				Map.of("type", "integer", "minimum", least, "maximum", most),
				text -> inRange(Integer.parseInt(text), least, most));
	}

	private static int inRange(int value, int least, int most) {
		if (value < least || value > most) {
			throw new IllegalArgumentException("out of range: " + value);
		}
		return value;
	}

	/** {@code true} or {@code false}, and none of YAML's older words for them. */
	public static Form<Boolean> flag() {
		return new ScalarForm<>("true or false", Tag.BOOL, Map.of("type", "boolean"), Boolean::parseBoolean);
	}

	/** A list of at least one. */
	public static <T> Form<List<T>> listOf(Form<T> element) {
		return new ListForm<>(element);
	}

	/** Texts by name, such as labels; at least one. */
	public static Form<Map<String, String>> texts(String expected) {
		return new TextsForm(expected);
	}

	private record ScalarForm<T>(String expected, Tag tag, Map<String, Object> schema,
			Function<String, T> parser) implements Form<T> {

		@Override
		public Optional<T> read(Node node, Reading reading) {
			if (node instanceof ScalarNode scalar && scalar.getTag().equals(tag)) {
				try {
					return Optional.of(parser.apply(scalar.getValue()));
				}
				catch (IllegalArgumentException ex) {
					// It has the type and not the range: refused like any other value.
				}
			}
			reading.refuse(node, this);
			return Optional.empty();
		}

	}

	private record ListForm<T>(Form<T> element) implements Form<List<T>> {

		@Override
		public String expected() {
			return "a list, each " + element.expected();
		}

		@Override
		public Optional<List<T>> read(Node node, Reading reading) {
			if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
				reading.refuse(node, this);
				return Optional.empty();
			}
			List<T> values = new ArrayList<>();
			sequence.getValue().forEach(item -> element.read(item, reading).ifPresent(values::add));
			boolean whole = values.size() == sequence.getValue().size();
			return whole ? Optional.of(values) : Optional.empty();
		}

		@Override
		public Map<String, Object> schema() {
			Map<String, Object> schema = new LinkedHashMap<>();
			schema.put("type", "array");
			schema.put("minItems", 1);
			schema.put("items", element.schema());
			return schema;
		}

	}

	private record TextsForm(String expected) implements Form<Map<String, String>> {

		@Override
		public Optional<Map<String, String>> read(Node node, Reading reading) {
			if (!(node instanceof MappingNode mapping) || mapping.getValue().isEmpty()) {
				reading.refuse(node, this);
				return Optional.empty();
			}
			Map<String, String> texts = new LinkedHashMap<>();
			int before = reading.count();
			for (NodeTuple tuple : mapping.getValue()) {
				Stream.of(tuple.getKeyNode(), tuple.getValueNode())
					.filter(part -> !part.getTag().equals(Tag.STR))
					.forEach(part -> reading.refuse(part, this));
				if (reading.count() == before
						&& texts.put(text(tuple.getKeyNode()), text(tuple.getValueNode())) != null) {
					reading.refuse(tuple.getKeyNode(), Reading.describe(tuple.getKeyNode()) + " is there twice",
							"keep one of them");
				}
			}
			return (reading.count() == before) ? Optional.of(texts) : Optional.empty();
		}

		private static String text(Node node) {
			return ((ScalarNode) node).getValue();
		}

		@Override
		public Map<String, Object> schema() {
			Map<String, Object> schema = new LinkedHashMap<>();
			schema.put("type", "object");
			schema.put("minProperties", 1);
			schema.put("additionalProperties", Map.of("type", "string"));
			return schema;
		}

	}

}
