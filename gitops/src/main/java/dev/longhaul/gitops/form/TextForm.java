package dev.longhaul.gitops.form;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A text that is parsed further.
 */
final class TextForm<T> implements Form<T> {

	private final String expected;

	private final Map<String, Object> constraints;

	private final Function<String, T> parser;

	/**
	 * @param constraints what JSON Schema can say of it
	 * @param parser throws {@link IllegalArgumentException} with a message for people
	 */
	TextForm(String expected, Map<String, Object> constraints, Function<String, T> parser) {
		this.expected = expected;
		this.constraints = constraints;
		this.parser = parser;
	}

	@Override
	public String expected() {
		return expected;
	}

	@Override
	public Optional<T> read(Node node, Reading reading) {
		if (!(node instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.STR)) {
			reading.refuse(node, this);
			return Optional.empty();
		}
		try {
			return Optional.of(reading.readFrom(node, parser.apply(scalar.getValue())));
		}
		catch (IllegalArgumentException ex) {
			reading.refuse(node, String.valueOf(ex.getMessage()), "expected " + expected);
			return Optional.empty();
		}
	}

	@Override
	public Map<String, Object> schema() {
		Map<String, Object> schema = new LinkedHashMap<>();
		schema.put("type", "string");
		schema.putAll(constraints);
		return schema;
	}

}
