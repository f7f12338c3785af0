package dev.longhaul.backupstore.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;

import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The value of a field, in the forms that Longhorn's Go structs give it. Go writes
 * {@code null} for every empty map and list, so null is empty everywhere.
 */
record JsonValue(String name, JsonParser parser) {

	/** Of the values of one map: a thousand times what the labels of a backup take. */
	private static final int MAX_MAP = 4 * 1024 * 1024;

	private static final int EXCERPT = 40;

	String string() throws MalformedException {
		if (parser.currentToken() == JsonToken.VALUE_NULL) {
			return "";
		}
		if (parser.currentToken() != JsonToken.VALUE_STRING) {
			throw expected("a string");
		}
		return parser.getString();
	}

	/**
	 * A string that Longhorn's volume.cfg quotes twice, because the Go field has the
	 * option {@code string}; a plain one is accepted too.
	 */
	String doublyQuoted() throws MalformedException {
		String outer = string();
		if (outer.length() < 2 || !outer.startsWith("\"") || !outer.endsWith("\"")) {
			return outer;
		}
		String[] inner = { "" };
		byte[] wrapped = ("{\"value\":" + outer + "}").getBytes(StandardCharsets.UTF_8);
		try {
			JsonObjectReader.read(new ByteArrayInputStream(wrapped), (field, value) -> inner[0] = value.string());
		}
		catch (IOException ex) {
			throw new IllegalStateException("reading from memory does not fail", ex);
		}
		return inner[0];
	}

	/** A count of bytes or blocks as Longhorn writes it: decimal digits in a string. */
	long decimal() throws MalformedException {
		String text = (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) ? parser.getString() : string();
		if (text.isEmpty()) {
			return 0;
		}
		try {
			long value = Long.parseLong(text);
			if (value >= 0) {
				return value;
			}
		}
		catch (NumberFormatException ex) {
			throw new MalformedException(name + " is not a 64-bit number: '" + excerpt(text) + "'", ex);
		}
		throw new MalformedException(name + " is negative: " + excerpt(text));
	}

	ByteSize size() throws MalformedException {
		return new ByteSize(decimal());
	}

	@Nullable Instant instant() throws MalformedException {
		String text = string();
		if (text.isEmpty()) {
			return null;
		}
		try {
			return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
		}
		catch (DateTimeParseException ex) {
			throw new MalformedException(name + " is not a time: '" + excerpt(text) + "'", ex);
		}
	}

	boolean truth() throws MalformedException {
		return switch (parser.currentToken()) {
			case VALUE_TRUE -> true;
			case VALUE_FALSE, VALUE_NULL -> false;
			default -> throw expected("true or false");
		};
	}

	Map<String, String> strings() throws MalformedException {
		Map<String, String> map = new HashMap<>();
		int[] held = { 0 };
		fields((key, value) -> {
			String text = value.string();
			held[0] += key.length() + text.length();
			if (held[0] > MAX_MAP) {
				throw new MalformedException("%s holds more than %d characters".formatted(name, MAX_MAP));
			}
			map.put(key, text);
		});
		return map;
	}

	/** The fields of an object; none if it is null. */
	void fields(JsonObjectReader.Field field) throws MalformedException {
		if (parser.currentToken() == JsonToken.VALUE_NULL) {
			return;
		}
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			throw expected("an object");
		}
		JsonObjectReader.readFields(parser, field);
	}

	/** The elements of a list; none if it is null. */
	void elements(Element element) throws MalformedException {
		if (parser.currentToken() == JsonToken.VALUE_NULL) {
			return;
		}
		if (parser.currentToken() != JsonToken.START_ARRAY) {
			throw expected("a list");
		}
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			element.read(this);
		}
	}

	/** A number that is written as one. */
	long number() throws MalformedException {
		if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
			throw expected("a whole number");
		}
		return decimal();
	}

	void skip() {
		parser.skipChildren();
	}

	private MalformedException expected(String what) {
		return new MalformedException("%s: expected %s, found %s".formatted(name, what, parser.currentToken()));
	}

	private static String excerpt(String text) {
		return (text.length() <= EXCERPT) ? text : text.substring(0, EXCERPT) + "…";
	}

	/** Takes one element of a list. */
	@FunctionalInterface
	interface Element {

		void read(JsonValue value) throws MalformedException;

	}

}
