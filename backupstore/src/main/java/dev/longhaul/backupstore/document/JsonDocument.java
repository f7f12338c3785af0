package dev.longhaul.backupstore.document;

import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * Writes and reads one of our own JSON documents: strict, small, and held in memory as a
 * whole.
 */
public final class JsonDocument {

	/** A night of a thousand volumes needs a quarter of it. */
	public static final int MAX_BYTES = 16 * 1024 * 1024;

	private static final JsonFactory FACTORY = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxStringLength(JsonObject.LARGEST)
			.maxNameLength(2 * JsonObject.LONGEST_KEY)
			.maxNestingDepth(8 + JsonObject.DEEPEST)
			.maxNumberLength(30)
			.build())
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private JsonDocument() {
	}

	/** A document of one object, for people to read too. */
	public static byte[] write(Consumer<JsonGenerator> content) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (JsonGenerator json = FACTORY.createGenerator(new Indented(), bytes, JsonEncoding.UTF8)) {
			json.writeStartObject();
			content.accept(json);
			json.writeEndObject();
		}
		bytes.write('\n');
		return bytes.toByteArray();
	}

	/** What others declared takes one line, which does not push our own facts apart. */
	public static void writeProperty(JsonGenerator json, String name, JsonObject object) {
		json.writeName(name);
		writeElement(json, object);
	}

	public static void writeElement(JsonGenerator json, JsonObject object) {
		json.writeRawValue(text(object));
	}

	/** An object alone, in one line. */
	public static String text(JsonObject object) {
		StringWriter line = new StringWriter();
		try (JsonGenerator compact = FACTORY.createGenerator(ObjectWriteContext.empty(), line)) {
			writeValue(compact, object.fields());
		}
		return line.toString();
	}

	/** A text, or null. */
	public static void writeProperty(JsonGenerator json, String name, @Nullable String value) {
		if (value != null) {
			json.writeStringProperty(name, value);
		}
		else {
			json.writeNullProperty(name);
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

	/**
	 * @throws MalformedException if the bytes are not one JSON object within the bounds
	 */
	public static JsonFields read(byte[] bytes) throws MalformedException {
		if (bytes.length > MAX_BYTES) {
			throw new MalformedException("longer than %d bytes".formatted(MAX_BYTES));
		}
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				throw new MalformedException("expected a JSON object, found " + parser.currentToken());
			}
			Map<String, @Nullable Object> fields = object(parser);
			if (parser.nextToken() != null) {
				throw new MalformedException("expected the end of the document after the JSON object");
			}
			return new JsonFields("", fields);
		}
		catch (JacksonException ex) {
			throw new MalformedException("not valid JSON: " + ex.getOriginalMessage().lines().findFirst().orElse(""),
					ex);
		}
	}

	/** For a message: the beginning of a text, whatever it holds. */
	public static String excerpt(String text) {
		return (text.length() <= 40) ? text : text.substring(0, 40) + "…";
	}

	public static String asString(byte[] document) {
		return new String(document, StandardCharsets.UTF_8);
	}

	private static Map<String, @Nullable Object> object(JsonParser parser) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		while (parser.nextToken() != JsonToken.END_OBJECT) {
			String name = parser.currentName();
			parser.nextToken();
			fields.put(name, value(parser));
		}
		return fields;
	}

	private static List<@Nullable Object> array(JsonParser parser) {
		List<@Nullable Object> elements = new ArrayList<>();
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			elements.add(value(parser));
		}
		return elements;
	}

	private static @Nullable Object value(JsonParser parser) {
		return switch (parser.currentToken()) {
			case START_OBJECT -> object(parser);
			case START_ARRAY -> array(parser);
			case VALUE_STRING -> parser.getString();
			case VALUE_NUMBER_INT -> parser.getLongValue();
			case VALUE_TRUE -> true;
			case VALUE_FALSE -> false;
			case VALUE_NULL -> null;
			default -> parser.getDoubleValue();
		};
	}

	/** People read these documents too. */
	private static final class Indented extends ObjectWriteContext.Base {

		@Override
		public PrettyPrinter getPrettyPrinter() {
			return new DefaultPrettyPrinter();
		}

		@Override
		public boolean hasPrettyPrinter() {
			return true;
		}

	}

}
