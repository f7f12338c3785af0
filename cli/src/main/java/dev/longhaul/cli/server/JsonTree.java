package dev.longhaul.cli.server;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON document as maps, lists, texts, numbers and flags. A field that is null is not
 * there.
 */
final class JsonTree {

	/** A document has seven levels at most. */
	private static final int DEEPEST = 30;

	private static final JsonFactory FACTORY = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(DEEPEST)
			.maxNumberLength(30)
			.maxNameLength(1000)
			.build())
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private JsonTree() {
	}

	/** Empty if the bytes are not one object or list. */
	static Optional<Object> read(byte[] bytes) {
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
			JsonToken first = parser.nextToken();
			if (first == null || !first.isStructStart()) {
				return Optional.empty();
			}
			Optional<Object> tree = value(parser);
			return (parser.nextToken() == null) ? tree : Optional.empty();
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	private static Optional<Object> value(JsonParser parser) {
		return switch (parser.currentToken()) {
			case START_OBJECT -> Optional.of(object(parser));
			case START_ARRAY -> Optional.of(list(parser));
			case VALUE_STRING -> Optional.of(parser.getString());
			case VALUE_NUMBER_INT -> Optional.of(parser.getLongValue());
			case VALUE_NUMBER_FLOAT -> Optional.of(parser.getDoubleValue());
			case VALUE_TRUE -> Optional.of(true);
			case VALUE_FALSE -> Optional.of(false);
			default -> Optional.empty();
		};
	}

	private static Map<String, Object> object(JsonParser parser) {
		Map<String, Object> fields = new LinkedHashMap<>();
		while (parser.nextToken() != JsonToken.END_OBJECT) {
			String name = parser.currentName();
			parser.nextToken();
			value(parser).ifPresent(value -> fields.put(name, value));
		}
		return fields;
	}

	private static List<Object> list(JsonParser parser) {
		List<Object> elements = new ArrayList<>();
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			value(parser).ifPresent(elements::add);
		}
		return elements;
	}

	/** An object of texts, whole numbers and lists of texts. */
	static String write(Map<String, ?> fields) {
		StringWriter text = new StringWriter();
		try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
			json.writeStartObject();
			fields.forEach((name, value) -> {
				json.writeName(name);
				if (value instanceof Collection<?> elements) {
					json.writeStartArray();
					elements.forEach(element -> json.writeString(String.valueOf(element)));
					json.writeEndArray();
				}
				else if (value instanceof Integer number) {
					json.writeNumber(number);
				}
				else {
					json.writeString(String.valueOf(value));
				}
			});
			json.writeEndObject();
		}
		return text.toString();
	}

}
