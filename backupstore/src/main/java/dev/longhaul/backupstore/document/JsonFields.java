package dev.longhaul.backupstore.document;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object of ours. Every field is asked for exactly once; one that
 * is missing, of another type or never asked for makes the document malformed.
 */
public final class JsonFields {

	/**
	 * A clock that was never set may say 1970, and one that is broken later than ours.
	 */
	private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

	/** What stamps have digits for, and databases room. */
	private static final Instant TOO_LATE = Instant.parse("+10000-01-01T00:00:00Z");

	private final String path;

	private final Map<String, @Nullable Object> values;

	private final Set<String> taken = new HashSet<>();

	JsonFields(String path, Map<String, @Nullable Object> values) {
		this.path = path;
		this.values = values;
	}

	public String string(String name) throws MalformedException {
		if (take(name) instanceof String text) {
			return text;
		}
		throw wrong(name, "a string");
	}

	public @Nullable String stringOrNull(String name) throws MalformedException {
		return isNull(name) ? null : string(name);
	}

	public long number(String name) throws MalformedException {
		if (take(name) instanceof Long number && number >= 0) {
			return number;
		}
		throw wrong(name, "a whole number from 0");
	}

	/** Of a document that may be older than the field. */
	public @Nullable Long numberIfPresent(String name) throws MalformedException {
		return values.containsKey(name) ? number(name) : null;
	}

	/** Whether there is a text of that name; it still has to be asked for. */
	public boolean isString(String name) {
		return values.get(name) instanceof String;
	}

	public boolean truth(String name) throws MalformedException {
		if (take(name) instanceof Boolean truth) {
			return truth;
		}
		throw wrong(name, "true or false");
	}

	/** Of a document that says it only if it is so. */
	public boolean truthIfPresent(String name) throws MalformedException {
		return values.containsKey(name) && truth(name);
	}

	public List<String> texts(String name) throws MalformedException {
		if (!(take(name) instanceof List<?> elements)) {
			throw wrong(name, "a list");
		}
		List<String> texts = new ArrayList<>();
		for (Object element : elements) {
			if (!(element instanceof String text)) {
				throw wrong(name, "a list of strings");
			}
			texts.add(text);
		}
		return texts;
	}

	public Instant instant(String name) throws MalformedException {
		String text = string(name);
		try {
			Instant instant = Instant.parse(text);
			if (instant.isBefore(EARLIEST) || !instant.isBefore(TOO_LATE)) {
				throw new MalformedException("%s%s is not a time of these centuries: '%s'".formatted(path, name,
						JsonDocument.excerpt(text)));
			}
			return instant;
		}
		catch (DateTimeParseException ex) {
			throw new MalformedException("%s%s is not a time: '%s'".formatted(path, name, JsonDocument.excerpt(text)),
					ex);
		}
	}

	public @Nullable Instant instantOrNull(String name) throws MalformedException {
		return isNull(name) ? null : instant(name);
	}

	/** Not one that is missing. */
	private boolean isNull(String name) {
		boolean isNull = values.containsKey(name) && values.get(name) == null;
		if (isNull) {
			taken.add(name);
		}
		return isNull;
	}

	/** As {@link #parsed}, or null. */
	public <T> @Nullable T parsedOrNull(String name, Function<String, T> parse) throws MalformedException {
		return isNull(name) ? null : parsed(name, parse);
	}

	/**
	 * A value with a rule of its own.
	 * @param parse throws {@link IllegalArgumentException} if the text is not one
	 */
	public <T> T parsed(String name, Function<String, T> parse) throws MalformedException {
		String text = string(name);
		try {
			return parse.apply(text);
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedException(
					"%s%s: '%s' is not allowed here".formatted(path, name, JsonDocument.excerpt(text)), ex);
		}
	}

	@SuppressWarnings("unchecked")
	public <T> List<T> list(String name, Reader<T> reader) throws MalformedException {
		if (!(take(name) instanceof List<?> elements)) {
			throw wrong(name, "a list");
		}
		List<T> result = new ArrayList<>();
		for (int i = 0; i < elements.size(); i++) {
			if (!(elements.get(i) instanceof Map<?, ?> element)) {
				throw wrong(name, "a list of objects");
			}
			JsonFields fields = new JsonFields("%s%s[%d].".formatted(path, name, i),
					(Map<String, @Nullable Object>) element);
			result.add(fields.all(reader));
		}
		return result;
	}

	/** Of a document that may be older than the field. */
	public @Nullable String stringIfPresent(String name) throws MalformedException {
		return values.containsKey(name) ? string(name) : null;
	}

	/** Of a document that may be older than the field. */
	public <T> List<T> listIfPresent(String name, Reader<T> reader) throws MalformedException {
		return values.containsKey(name) ? list(name, reader) : List.of();
	}

	public <T> @Nullable T objectOrNull(String name, Reader<T> reader) throws MalformedException {
		return isNull(name) ? null : object(name, reader);
	}

	/** For a field that earlier documents of the same version do not have. */
	public <T> @Nullable T objectOrAbsent(String name, Reader<T> reader) throws MalformedException {
		return values.containsKey(name) ? object(name, reader) : null;
	}

	@SuppressWarnings("unchecked")
	public <T> T object(String name, Reader<T> reader) throws MalformedException {
		if (!(take(name) instanceof Map<?, ?> object)) {
			throw wrong(name, "an object");
		}
		return new JsonFields(path + name + ".", (Map<String, @Nullable Object>) object).all(reader);
	}

	/** Texts by keys that are none of ours; no message repeats a text. */
	public SortedMap<String, String> textsByKey(String name) throws MalformedException {
		if (!(take(name) instanceof Map<?, ?> object)) {
			throw wrong(name, "an object");
		}
		SortedMap<String, String> texts = new TreeMap<>();
		for (Map.Entry<?, ?> entry : object.entrySet()) {
			if (!(entry.getValue() instanceof String text)) {
				throw wrong(name, "an object of strings");
			}
			texts.put(String.valueOf(entry.getKey()), text);
		}
		return texts;
	}

	/** What others declared, within its bounds. */
	@SuppressWarnings("unchecked")
	public JsonObject jsonObject(String name) throws MalformedException {
		if (!(take(name) instanceof Map<?, ?> object)) {
			throw wrong(name, "an object");
		}
		try {
			return JsonObject.of((Map<String, ?>) object);
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedException("%s%s: %s".formatted(path, name, ex.getMessage()), ex);
		}
	}

	/** All of it, for whoever compares it with what it should be. */
	public JsonObject whole() throws MalformedException {
		taken.addAll(values.keySet());
		try {
			return JsonObject.of(values);
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedException("%s%s".formatted(path, ex.getMessage()), ex);
		}
	}

	public @Nullable JsonObject jsonObjectOrNull(String name) throws MalformedException {
		return isNull(name) ? null : jsonObject(name);
	}

	/**
	 * Reads the object as a whole.
	 * @throws MalformedException if it has a field the reader did not ask for, or the
	 * value it makes refuses what it was given
	 */
	public <T> T all(Reader<T> reader) throws MalformedException {
		T value;
		try {
			value = reader.read(this);
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedException(path + " " + ex.getMessage(), ex);
		}
		for (String name : values.keySet()) {
			if (!taken.contains(name)) {
				throw new MalformedException("unknown field " + path + JsonDocument.excerpt(name));
			}
		}
		return value;
	}

	private @Nullable Object take(String name) throws MalformedException {
		if (!values.containsKey(name)) {
			throw new MalformedException("no field " + path + name);
		}
		taken.add(name);
		return values.get(name);
	}

	private MalformedException wrong(String name, String expected) {
		return new MalformedException("%s%s is not %s".formatted(path, name, expected));
	}

	/** Makes a value of the fields of an object. */
	@FunctionalInterface
	public interface Reader<T> {

		T read(JsonFields fields) throws MalformedException;

	}

}
