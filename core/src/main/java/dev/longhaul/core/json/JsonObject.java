package dev.longhaul.core.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * A JSON object as a value, its keys sorted, so that equal ones are written alike. It
 * comes from outside and goes into documents of ours, so it is bounded.
 *
 * @param fields maps, lists, texts, whole numbers, numbers and flags; none of them null
 */
public record JsonObject(SortedMap<String, Object> fields) {

	/** What its text may take, in bytes. An object that people wrote takes a few KiB. */
	public static final int LARGEST = 64 * 1024;

	/** Of objects and lists within each other. A node affinity of a volume has nine. */
	public static final int DEEPEST = 20;

	/** Of characters. The name of an annotation has 317 at most. */
	public static final int LONGEST_KEY = 500;

	/** Quotes, colon and comma. */
	private static final int PUNCTUATION = 6;

	/**
	 * @throws IllegalArgumentException if it is too large, too deep, or holds something
	 * that JSON or UTF-8 has no form for
	 */
	public JsonObject {
		Copying copying = new Copying();
		fields = copying.object(fields, 1);
	}

	/**
	 * @throws IllegalArgumentException as the constructor says
	 */
	public static JsonObject of(Map<String, ?> fields) {
		return new JsonObject(new TreeMap<>(fields));
	}

	/**
	 * @param path keys of objects within each other
	 * @return empty if there is none, or something else
	 */
	public Optional<String> text(String... path) {
		return (at(path) instanceof String text) ? Optional.of(text) : Optional.empty();
	}

	/**
	 * @param path keys of objects within each other
	 * @return the texts of a list; none if there is none, or something else
	 */
	public List<String> texts(String... path) {
		return (at(path) instanceof List<?> list)
				? list.stream().filter(String.class::isInstance).map(String.class::cast).toList() : List.of();
	}

	/**
	 * @param path keys of objects within each other
	 * @return the object there; empty if there is none, or something else
	 */
	public Optional<JsonObject> object(String... path) {
		return (at(path) instanceof Map<?, ?> map) ? Optional.of(new JsonObject(sorted(map))) : Optional.empty();
	}

	/**
	 * @param path keys of objects within each other
	 * @return the objects of a list; none if there is none, or something else
	 */
	public List<JsonObject> objects(String... path) {
		return (at(path) instanceof List<?> list) ? list.stream()
			.filter(Map.class::isInstance)
			.map(object -> new JsonObject(sorted((Map<?, ?>) object)))
			.toList() : List.of();
	}

	/**
	 * @param path keys of objects within each other
	 * @return the whole number there; empty if there is none, or something else
	 */
	public OptionalLong number(String... path) {
		return (at(path) instanceof Long number) ? OptionalLong.of(number) : OptionalLong.empty();
	}

	/**
	 * The same object with another value at one place.
	 * @param value a map, a list, a text, a number or a flag
	 * @param path at least one key; objects on the way that are missing are made
	 * @throws IllegalArgumentException as the constructor says
	 */
	public JsonObject with(Object value, String... path) {
		return new JsonObject(with(fields, value, List.of(path)));
	}

	private static SortedMap<String, Object> with(Map<?, ?> object, Object value, List<String> path) {
		SortedMap<String, Object> changed = sorted(object);
		String key = path.get(0);
		List<String> deeper = path.subList(1, path.size());
		Map<?, ?> inner = (changed.get(key) instanceof Map<?, ?> map) ? map : Map.of();
		changed.put(key, deeper.isEmpty() ? value : with(inner, value, deeper));
		return changed;
	}

	/**
	 * The same object without what is at one place, if anything is.
	 * @param path at least one key
	 */
	public JsonObject without(String... path) {
		return new JsonObject(without(fields, List.of(path)));
	}

	private static SortedMap<String, Object> without(Map<?, ?> object, List<String> path) {
		SortedMap<String, Object> changed = sorted(object);
		String key = path.get(0);
		if (path.size() == 1) {
			changed.remove(key);
		}
		else if (changed.get(key) instanceof Map<?, ?> inner) {
			changed.put(key, without(inner, path.subList(1, path.size())));
		}
		return changed;
	}

	private @Nullable Object at(String... path) {
		Object value = fields;
		for (String key : path) {
			value = (value instanceof Map<?, ?> map) ? map.get(key) : null;
		}
		return value;
	}

	private static SortedMap<String, Object> sorted(Map<?, ?> map) {
		SortedMap<String, Object> sorted = new TreeMap<>();
		map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
		return sorted;
	}

	/** About as many bytes as its text takes. */
	public int size() {
		return sizeOf(fields);
	}

	private static int sizeOf(Object value) {
		if (value instanceof Map<?, ?> map) {
			return map.entrySet().stream().mapToInt(entry -> sizeOf(entry.getKey()) + sizeOf(entry.getValue())).sum()
					+ PUNCTUATION;
		}
		if (value instanceof List<?> list) {
			return list.stream().mapToInt(JsonObject::sizeOf).sum() + PUNCTUATION;
		}
		return value.toString().getBytes(StandardCharsets.UTF_8).length + PUNCTUATION;
	}

	/** Copies what is within the bounds, and stops where it no longer is. */
	private static final class Copying {

		private int left = LARGEST;

		SortedMap<String, Object> object(Map<?, ?> source, int depth) {
			spend(PUNCTUATION, depth);
			SortedMap<String, Object> copy = new TreeMap<>();
			source.forEach((key, value) -> {
				copy.put(key(String.valueOf(key), depth), value(value, depth));
			});
			return Collections.unmodifiableSortedMap(copy);
		}

		private List<Object> list(List<?> source, int depth) {
			spend(PUNCTUATION, depth);
			List<Object> copy = new ArrayList<>();
			source.forEach(element -> copy.add(value(element, depth)));
			return List.copyOf(copy);
		}

		private Object value(Object value, int depth) {
			if (value instanceof Map<?, ?> map) {
				return object(map, depth + 1);
			}
			if (value instanceof List<?> list) {
				return list(list, depth + 1);
			}
			if (value instanceof String text) {
				return text(text, depth);
			}
			if (value instanceof Integer || value instanceof Long) {
				return Long.parseLong(text(value.toString(), depth));
			}
			if (value instanceof Boolean || (value instanceof Double number && Double.isFinite(number))) {
				spend(PUNCTUATION + value.toString().length(), depth);
				return value;
			}
			throw new IllegalArgumentException(
					"JSON has no form for a " + ((value != null) ? value.getClass().getSimpleName() : "null"));
		}

		private String key(String key, int depth) {
			if (key.length() > LONGEST_KEY) {
				throw new IllegalArgumentException("a key of it has more than %d characters".formatted(LONGEST_KEY));
			}
			return text(key, depth);
		}

		private String text(String text, int depth) {
			if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
				throw new IllegalArgumentException("it holds half a character");
			}
			spend(PUNCTUATION + text.getBytes(StandardCharsets.UTF_8).length, depth);
			return text;
		}

		private void spend(int bytes, int depth) {
			left -= bytes;
			if (left < 0) {
				throw new IllegalArgumentException("it takes more than %d bytes".formatted(LARGEST));
			}
			if (depth > DEEPEST) {
				throw new IllegalArgumentException("it is deeper than %d objects".formatted(DEEPEST));
			}
		}

	}

}
