package dev.longhaul.cli.render;

import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

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
