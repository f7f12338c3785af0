package dev.longhaul.backupstore.format;

import java.io.IOException;
import java.io.InputStream;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON object field by field, bounded in depth and in the length of anything it
 * holds at once, and tells a file that is malformed from a connection that broke.
 */
final class JsonObjectReader {

	/** Longer than any label: Longhorn keeps a JSON document of jobs in one. */
	private static final int MAX_STRING = 1024 * 1024;

	private static final int MAX_DEPTH = 8;

	private static final int MAX_NUMBER = 32;

	private static final JsonFactory FACTORY = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxStringLength(MAX_STRING)
			.maxNestingDepth(MAX_DEPTH)
			.maxNumberLength(MAX_NUMBER)
			.maxNameLength(1024)
			.build())
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
		.build();

	private JsonObjectReader() {
	}

	/** What is read once the object has begun. */
	@FunctionalInterface
	private interface Body {

		void read(JsonParser parser) throws MalformedException;

	}

	/** Takes one field; unknown ones are to be {@link JsonValue#skip() skipped}. */
	@FunctionalInterface
	interface Field {

		void read(String name, JsonValue value) throws MalformedException;

	}

	/**
	 * Reads the object and makes sure nothing follows it.
	 * @throws IOException if the bytes could not be read, which says nothing about them
	 * @throws MalformedException if they are not one JSON object, or a field refuses its
	 * value
	 */
	static void read(InputStream in, Field field) throws IOException, MalformedException {
		parse(in, parser -> {
			readFields(parser, field);
			if (parser.nextToken() != null) {
				throw new MalformedException("expected the end of the file after the JSON object");
			}
		});
	}

	/**
	 * Reads the fields before the named one, and nothing from there on; all of them if it
	 * is not there.
	 */
	static void readUntil(String last, InputStream in, Field field) throws IOException, MalformedException {
		parse(in, parser -> {
			while (parser.nextToken() != JsonToken.END_OBJECT && !parser.currentName().equals(last)) {
				readField(parser, field);
			}
		});
	}

	static void readFields(JsonParser parser, Field field) throws MalformedException {
		while (parser.nextToken() != JsonToken.END_OBJECT) {
			readField(parser, field);
		}
	}

	private static void readField(JsonParser parser, Field field) throws MalformedException {
		String name = parser.currentName();
		parser.nextToken();
		field.read(name, new JsonValue(name, parser));
	}

	private static void parse(InputStream in, Body body) throws IOException, MalformedException {
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				throw new MalformedException("expected a JSON object, found "
						+ ((parser.currentToken() != null) ? parser.currentToken() : "nothing"));
			}
			body.read(parser);
		}
		catch (JacksonIOException ex) {
			throw ex.getCause();
		}
		catch (JacksonException ex) {
			throw new MalformedException(firstLine(ex.getOriginalMessage()), ex);
		}
	}

	private static String firstLine(String message) {
		return "not valid JSON: " + message.lines().findFirst().orElse("");
	}

}
