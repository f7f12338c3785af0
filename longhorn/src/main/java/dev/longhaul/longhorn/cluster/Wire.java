package dev.longhaul.longhorn.cluster;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.longhaul.core.volume.ByteSize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Longhorn's ways of writing values: null or the empty string for unset, sizes as decimal
 * strings, times as RFC 3339.
 */
final class Wire {

	private Wire() {
	}

	static String text(@Nullable String value) {
		return (value != null) ? value : "";
	}

	/** The second if the first is unset. */
	static String either(@Nullable String first, @Nullable String second) {
		return (first != null && !first.isEmpty()) ? first : text(second);
	}

	/** Null if unset; a time that cannot be read counts as unset. */
	static @Nullable Instant instant(@Nullable String value) {
		if (value == null || value.isEmpty()) {
			return null;
		}
		try {
			return OffsetDateTime.parse(value).toInstant();
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	/**
	 * @throws IllegalArgumentException if it is no number of bytes
	 */
	static ByteSize size(@Nullable String value) {
		try {
			return new ByteSize(Long.parseLong(text(value)));
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("'" + ServerText.oneLine(text(value)) + "' is no number of bytes", ex);
		}
	}

	/** Zero if it is unset or no number of bytes: for sizes that only inform. */
	static ByteSize sizeOrZero(@Nullable String value) {
		try {
			return size(value);
		}
		catch (IllegalArgumentException ex) {
			return ByteSize.ZERO;
		}
	}

	/** The second map wins; null maps and null values are left out. */
	static Map<String, String> merge(@Nullable Map<String, @Nullable String> first,
			@Nullable Map<String, @Nullable String> second) {
		Map<String, String> merged = new LinkedHashMap<>();
		putAll(merged, first);
		putAll(merged, second);
		return merged;
	}

	private static void putAll(Map<String, String> merged, @Nullable Map<String, @Nullable String> map) {
		if (map != null) {
			map.forEach((key, value) -> {
				if (value != null) {
					merged.put(key, value);
				}
			});
		}
	}

	/**
	 * @throws IllegalArgumentException if the server sent none
	 */
	static String name(HasMetadata object) {
		if (object.getMetadata() == null || object.getMetadata().getName() == null) {
			throw new IllegalArgumentException("the object has no name");
		}
		return object.getMetadata().getName();
	}

	static String label(HasMetadata object, String key) {
		Map<String, String> labels = object.getMetadata().getLabels();
		return (labels != null) ? text(labels.get(key)) : "";
	}

	static boolean isBeingDeleted(HasMetadata object) {
		return object.getMetadata().getDeletionTimestamp() != null;
	}

}
