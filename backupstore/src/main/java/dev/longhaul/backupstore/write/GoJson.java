package dev.longhaul.backupstore.write;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * One line of JSON in the form of Go's {@code encoding/json}, so that a file written here
 * does not differ from one Longhorn wrote: fields in the order of the Go struct, map keys
 * sorted bytewise, {@code & < >} and the two Unicode line separators escaped.
 */
final class GoJson {

	private final StringBuilder out = new StringBuilder();

	private boolean first = true;

	static GoJson object() {
		GoJson json = new GoJson();
		json.out.append('{');
		return json;
	}

	GoJson string(String name, String value) {
		key(name);
		quote(out, value);
		return this;
	}

	/** A string of a Go field with the option {@code string}: quoted twice. */
	GoJson doublyQuoted(String name, String value) {
		StringBuilder inner = new StringBuilder();
		quote(inner, value);
		return string(name, inner.toString());
	}

	/** A 64-bit number of a Go field with the option {@code string}. */
	GoJson decimal(String name, long value) {
		return string(name, Long.toString(value));
	}

	GoJson size(String name, ByteSize value) {
		return decimal(name, value.bytes());
	}

	GoJson number(String name, long value) {
		return raw(name, Long.toString(value));
	}

	GoJson truth(String name, boolean value) {
		return raw(name, Boolean.toString(value));
	}

	/** RFC 3339 in UTC to the second; unset is the empty string. */
	GoJson instant(String name, @Nullable Instant value) {
		return string(name, (value != null) ? value.truncatedTo(ChronoUnit.SECONDS).toString() : "");
	}

	/** A Go map; an empty one is the nil map, as in everything Longhorn leaves unset. */
	GoJson strings(String name, Map<String, String> values) {
		if (values.isEmpty()) {
			return raw(name, "null");
		}
		GoJson map = object();
		new TreeMap<>(values).forEach(map::string);
		return raw(name, map.close());
	}

	/** A value that is JSON already. */
	GoJson raw(String name, CharSequence json) {
		key(name);
		out.append(json);
		return this;
	}

	String close() {
		return out.append('}').toString();
	}

	byte[] bytes() {
		return close().getBytes(StandardCharsets.UTF_8);
	}

	private void key(String name) {
		if (!first) {
			out.append(',');
		}
		first = false;
		quote(out, name);
		out.append(':');
	}

	private static void quote(StringBuilder out, String value) {
		out.append('"');
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			switch (c) {
				case '"' -> out.append("\\\"");
				case '\\' -> out.append("\\\\");
				case '\n' -> out.append("\\n");
				case '\r' -> out.append("\\r");
				case '\t' -> out.append("\\t");
				case '\b' -> out.append("\\b");
				case '\f' -> out.append("\\f");
				case '&', '<', '>', '\u2028', '\u2029' -> escape(out, c);
				default -> {
					if (c < 0x20) {
						escape(out, c);
					}
					else {
						out.append(c);
					}
				}
			}
		}
		out.append('"');
	}

	private static void escape(StringBuilder out, char c) {
		out.append("\\u");
		for (int shift = 12; shift >= 0; shift -= 4) {
			out.append(Character.forDigit((c >> shift) & 0xf, 16));
		}
	}

}
