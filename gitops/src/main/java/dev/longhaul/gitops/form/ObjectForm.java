package dev.longhaul.gitops.form;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * An object with known keys: any other, and one that is there twice, is refused.
 */
public final class ObjectForm<T> implements Form<T> {

	private final String expected;

	private final Function<Values, T> constructor;

	private final Map<String, Field<?>> fields;

	private ObjectForm(String expected, Function<Values, T> constructor, List<Field<?>> fields) {
		this.expected = expected;
		this.constructor = constructor;
		this.fields = fields.stream()
			.collect(Collectors.toMap(Field::key, Function.identity(), (a, b) -> a, LinkedHashMap::new));
	}

	/**
	 * @param constructor may throw {@link IllegalArgumentException} with a message for
	 * people, or {@link Values#mistake} for one field
	 */
	public static <T> ObjectForm<T> of(String expected, Function<Values, T> constructor, Field<?>... fields) {
		return new ObjectForm<>(expected, constructor, Arrays.asList(fields));
	}

	@Override
	public String expected() {
		return expected;
	}

	@Override
	public Optional<T> read(Node node, Reading reading) {
		if (!(node instanceof MappingNode mapping)) {
			reading.refuse(node, this);
			return Optional.empty();
		}
		int before = reading.count();
		Values values = new Values();
		Map<String, Node> keys = new LinkedHashMap<>();
		mapping.getValue().forEach(tuple -> read(tuple, keys, values, reading));
		refuseMissing(mapping, keys, reading);
		return (reading.count() == before) ? make(mapping, values, reading) : Optional.empty();
	}

	private void read(NodeTuple tuple, Map<String, Node> keys, Values values, Reading reading) {
		Node keyNode = tuple.getKeyNode();
		String key = (keyNode instanceof ScalarNode scalar) ? scalar.getValue() : "";
		Field<?> field = fields.get(key);
		if (field == null) {
			reading.refuse(keyNode, Reading.describe(keyNode) + " is no key that is known here",
					"known are " + String.join(", ", fields.keySet()));
		}
		else if (keys.put(key, keyNode) != null) {
			reading.refuse(keyNode, "'" + key + "' is there twice", "keep one of them");
		}
		else {
			read(field, tuple.getValueNode(), values, reading);
		}
	}

	private static <V> void read(Field<V> field, Node node, Values values, Reading reading) {
		field.form().read(node, reading).ifPresent(value -> values.put(field, node, value));
	}

	private void refuseMissing(Node object, Map<String, Node> keys, Reading reading) {
		for (Field<?> field : fields.values()) {
			if (field.isRequired() && !keys.containsKey(field.key())) {
				reading.refuse(object, "'" + field.key() + "' is missing", "expected " + field.form().expected());
			}
		}
	}

	private Optional<T> make(Node object, Values values, Reading reading) {
		try {
			return Optional.of(reading.readFrom(object, constructor.apply(values)));
		}
		catch (Values.FieldMistake ex) {
			reading.refuse(values.nodeOf(ex.field(), object), String.valueOf(ex.getMessage()), "expected " + expected);
		}
		catch (IllegalArgumentException ex) {
			reading.refuse(object, String.valueOf(ex.getMessage()), "expected " + expected);
		}
		return Optional.empty();
	}

	@Override
	public Map<String, Object> schema() {
		Map<String, Object> properties = new LinkedHashMap<>();
		fields.values().forEach(field -> properties.put(field.key(), schemaOf(field)));
		Map<String, Object> schema = new LinkedHashMap<>();
		schema.put("type", "object");
		schema.put("additionalProperties", false);
		List<String> required = fields.values().stream().filter(Field::isRequired).map(Field::key).toList();
		if (!required.isEmpty()) {
			schema.put("required", required);
		}
		schema.put("properties", properties);
		return schema;
	}

	private static Map<String, Object> schemaOf(Field<?> field) {
		Map<String, Object> schema = new LinkedHashMap<>();
		schema.put("description", field.description());
		schema.putAll(field.form().schema());
		return schema;
	}

}
