package dev.longhaul.simulator.argo;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A map as YAML has it, of which anything may be missing.
 */
record Fields(Map<?, ?> map) {

	static Fields of(@Nullable Object value) {
		return new Fields((value instanceof Map<?, ?> map) ? map : Map.of());
	}

	Fields child(String name) {
		return of(map.get(name));
	}

	boolean has(String name) {
		return map.get(name) != null;
	}

	String text(String name) {
		return Objects.toString(map.get(name), "");
	}

	boolean isTrue(String name) {
		return Boolean.TRUE.equals(map.get(name));
	}

	long number(String name) {
		return (map.get(name) instanceof Number number) ? number.longValue() : 0;
	}

	List<?> list(String name) {
		return (map.get(name) instanceof List<?> list) ? list : List.of();
	}

	List<Fields> children(String name) {
		return list(name).stream().map(Fields::of).toList();
	}

	List<String> texts(String name) {
		return list(name).stream().map(String::valueOf).toList();
	}

}
