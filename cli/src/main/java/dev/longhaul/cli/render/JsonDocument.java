package dev.longhaul.cli.render;

import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.longhaul.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * One JSON object on a stream, in one line.
 */
final class JsonDocument {

	private static final JsonFactory FACTORY = JsonFactory.builder()
		.disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
		.build();

	private final JsonGenerator json;

	private JsonDocument(JsonGenerator json) {
		this.json = json;
	}

	/**
	 * @param fields writes what stands between its braces
	 */
	static void write(OutputStream out, Consumer<JsonDocument> fields) {
		try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
			json.writeStartObject();
			fields.accept(new JsonDocument(json));
			json.writeEndObject();
			json.writeRaw('\n');
		}
	}

	/** Maps, lists, texts, whole numbers and flags, laid out for people to read. */
	static void writeTree(OutputStream out, Map<String, Object> tree) {
		ObjectWriteContext laidOut = new ObjectWriteContext.Base() {
			@Override
			public PrettyPrinter getPrettyPrinter() {
				return new DefaultPrettyPrinter();
			}
		};
		try (JsonGenerator json = FACTORY.createGenerator(laidOut, out)) {
			writeValue(json, tree);
			json.writeRaw('\n');
		}
	}

	private static void writeValue(JsonGenerator json, Object value) {
		if (value instanceof Map<?, ?> map) {
			json.writeStartObject();
			map.forEach((key, inner) -> {
				json.writeName(String.valueOf(key));
				writeValue(json, inner);
			});
			json.writeEndObject();
		}
		else if (value instanceof List<?> list) {
			json.writeStartArray();
			list.forEach(inner -> writeValue(json, inner));
			json.writeEndArray();
		}
		else if (value instanceof Integer number) {
			json.writeNumber(number);
		}
		else if (value instanceof Long number) {
			json.writeNumber(number);
		}
		else if (value instanceof Double number) {
			json.writeNumber(number);
		}
		else if (value instanceof Boolean truth) {
			json.writeBoolean(truth);
		}
		else {
			json.writeString((String) value);
		}
	}

	void text(String name, String value) {
		json.writeStringProperty(name, value);
	}

	void number(String name, long value) {
		json.writeNumberProperty(name, value);
	}

	void number(String name, double value) {
		json.writeNumberProperty(name, value);
	}

	void truth(String name, boolean value) {
		json.writeBooleanProperty(name, value);
	}

	/** In the form of RFC 3339, or null. */
	void instant(String name, @Nullable Instant value) {
		if (value == null) {
			json.writeNullProperty(name);
		}
		else {
			json.writeStringProperty(name, value.toString());
		}
	}

	void textOrNull(String name, @Nullable String value) {
		if (value == null) {
			json.writeNullProperty(name);
		}
		else {
			json.writeStringProperty(name, value);
		}
	}

	/** What others declared, as it is, or null. */
	void declared(String name, @Nullable JsonObject object) {
		if (object == null) {
			json.writeNullProperty(name);
		}
		else {
			json.writeName(name);
			writeValue(json, object.fields());
		}
	}

	/**
	 * @param fields writes the fields of an object for the value; there is none for null
	 */
	<T> void objectOrNull(String name, @Nullable T value, Consumer<T> fields) {
		if (value == null) {
			json.writeNullProperty(name);
		}
		else {
			object(name, () -> fields.accept(value));
		}
	}

	void object(String name, Runnable fields) {
		json.writeObjectPropertyStart(name);
		fields.run();
		json.writeEndObject();
	}

	/**
	 * @param fields writes the fields of the object for an element
	 */
	<T> void objects(String name, Collection<T> elements, Consumer<T> fields) {
		json.writeArrayPropertyStart(name);
		for (T element : elements) {
			json.writeStartObject();
			fields.accept(element);
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	void texts(String name, Collection<String> values) {
		json.writeArrayPropertyStart(name);
		values.forEach(json::writeString);
		json.writeEndArray();
	}

}
