package dev.longhaul.longhorn.cluster;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Reads objects of kinds that have no model here, field by field. What is of another
 * shape than it should be counts as not there.
 */
final class Tree {

	private Tree() {
	}

	/**
	 * @param path names of objects within each other
	 */
	static @Nullable Object field(@Nullable Object object, String... path) {
		Object value = object;
		for (String name : path) {
			value = (value instanceof Map<?, ?> map) ? map.get(name) : null;
		}
		return value;
	}

	/** In one line; empty if there is none. */
	static String text(@Nullable Object object, String... path) {
		return (field(object, path) instanceof String text) ? ServerText.oneLine(text) : "";
	}

	static Stream<?> list(@Nullable Object object, String... path) {
		return (field(object, path) instanceof List<?> list) ? list.stream() : Stream.empty();
	}

}
