package dev.longhaul.gitops.form;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

import dev.longhaul.core.json.JsonObject;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A form whose value also knows the words it was made of.
 *
 * @param form of an object
 * @param joining of the value with its words
 */
public record WordedForm<T, R>(Form<T> form, BiFunction<T, JsonObject, R> joining) implements Form<R> {

	@Override
	public String expected() {
		return form.expected();
	}

	@Override
	public Optional<R> read(Node node, Reading reading) {
		Optional<T> value = form.read(node, reading);
		if (value.isEmpty()) {
			return Optional.empty();
		}
		try {
			return Optional.of(joining.apply(value.get(), JsonObject.of(fields((MappingNode) node))));
		}
		catch (IllegalArgumentException ex) {
			reading.refuse(node, "this cannot be kept with backups: " + ex.getMessage(), "expected " + expected());
			return Optional.empty();
		}
	}

	@Override
	public Map<String, Object> schema() {
		return form.schema();
	}

	private static Map<String, Object> fields(MappingNode node) {
		Map<String, Object> fields = new LinkedHashMap<>();
		node.getValue()
			.forEach(tuple -> fields.put(((ScalarNode) tuple.getKeyNode()).getValue(), value(tuple.getValueNode())));
		return fields;
	}

	/** Forms let other types of scalars pass as little as keys that are none. */
	private static Object value(Node node) {
		if (node instanceof MappingNode mapping) {
			return fields(mapping);
		}
		if (node instanceof SequenceNode sequence) {
			return sequence.getValue().stream().map(WordedForm::value).toList();
		}
		ScalarNode scalar = (ScalarNode) node;
		if (scalar.getTag().equals(Tag.INT)) {
			return Long.parseLong(scalar.getValue());
		}
		return scalar.getTag().equals(Tag.BOOL) ? Boolean.parseBoolean(scalar.getValue()) : scalar.getValue();
	}

}
