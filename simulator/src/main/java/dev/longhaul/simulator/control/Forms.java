package dev.longhaul.simulator.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.jspecify.annotations.Nullable;

/**
 * Longhorn's objects with everything unset. Go writes every field of a struct, so what
 * Longhorn wrote once has all of them, with {@code null} for empty maps and lists; a
 * client has to read that.
 */
final class Forms {

	private final Map<?, ?> byKind;

	Forms(KubernetesSerialization serialization) {
		try (InputStream in = Objects.requireNonNull(Forms.class.getResourceAsStream("forms.json"))) {
			this.byKind = serialization.unmarshal(in, Map.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * One part of an object in full.
	 * @param part spec or status
	 * @param before what stood there; of it stays what the view does not know
	 * @param view the typed part; a field it leaves out is unset
	 */
	Map<String, @Nullable Object> fill(String kind, String part, @Nullable Object before, @Nullable Object view) {
		return fill(fields(fields(byKind.get(kind)).get(part)), fields(before), fields(view));
	}

	private static Map<String, @Nullable Object> fill(Map<?, ?> form, Map<?, ?> before, Map<?, ?> view) {
		Set<Object> names = new LinkedHashSet<>(form.keySet());
		names.addAll(before.keySet());
		names.addAll(view.keySet());
		names.removeIf(name -> isEcho(name, form));
		Map<String, @Nullable Object> full = new LinkedHashMap<>();
		for (Object name : names) {
			if (form.get(name) instanceof Map<?, ?> struct) {
				full.put(name.toString(), fill(struct, fields(before.get(name)), fields(view.get(name))));
			}
			else if (view.containsKey(name)) {
				full.put(name.toString(), view.get(name));
			}
			else {
				full.put(name.toString(), form.containsKey(name) ? form.get(name) : before.get(name));
			}
		}
		return full;
	}

	/**
	 * A model's field {@code Standby} is written twice, once in the spelling of its
	 * getter.
	 */
	private static boolean isEcho(Object name, Map<?, ?> form) {
		return !form.containsKey(name)
				&& form.keySet().stream().anyMatch(known -> known.toString().equalsIgnoreCase(name.toString()));
	}

	private static Map<?, ?> fields(@Nullable Object struct) {
		return (struct instanceof Map<?, ?> map) ? map : Map.of();
	}

}
