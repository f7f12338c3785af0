package dev.longhaul.cli.server;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object in a server's answer. What has to be there and is not, or is of
 * another kind, is a failure of the server.
 */
public final class Fields {

	private final Map<?, ?> fields;

	Fields(Map<?, ?> fields) {
		this.fields = fields;
	}

	/**
	 * @throws RefusedRequest if there is no such text
	 */
	public String text(String name) {
		return find(name, String.class).orElseThrow(() -> missing(name, "text"));
	}

	/** Empty if there is none. */
	public String textOrEmpty(String name) {
		return find(name, String.class).orElse("");
	}

	/**
	 * @throws RefusedRequest if there is no such whole number
	 */
	public long number(String name) {
		return find(name, Long.class).orElseThrow(() -> missing(name, "whole number"));
	}

	/** Null if there is none. */
	public @Nullable Long numberOrNull(String name) {
		return find(name, Long.class).orElse(null);
	}

	/** A number between 0 and 1, however it is written. */
	public double share(String name) {
		double share = find(name, Number.class).orElseThrow(() -> missing(name, "number")).doubleValue();
		return Math.max(0, Math.min(1, share));
	}

	public boolean isSet(String name) {
		return find(name, Boolean.class).orElse(false);
	}

	/**
	 * Null if it is not there.
	 * @throws RefusedRequest if it is none
	 */
	public @Nullable Instant instant(String name) {
		try {
			return find(name, String.class).map(Instant::parse).orElse(null);
		}
		catch (DateTimeException ex) {
			throw missing(name, "instant");
		}
	}

	/**
	 * Null if it is not there.
	 * @throws RefusedRequest if it is none
	 */
	public @Nullable Duration duration(String name) {
		try {
			return find(name, String.class).map(Duration::parse).orElse(null);
		}
		catch (DateTimeException ex) {
			throw missing(name, "duration");
		}
	}

	/** Null if it is not there. */
	public @Nullable Fields object(String name) {
		return find(name, Map.class).map(Fields::new).orElse(null);
	}

	/** The objects of a list; none if it is not there. */
	public List<Fields> objects(String name) {
		return find(name, List.class).map(Fields::all).orElse(List.of());
	}

	/** The texts of a list; none if it is not there. */
	public List<String> texts(String name) {
		List<String> texts = new ArrayList<>();
		for (Object element : find(name, List.class).orElse(List.of())) {
			texts.add(String.valueOf(element));
		}
		return texts;
	}

	static List<Fields> all(List<?> elements) {
		List<Fields> objects = new ArrayList<>();
		for (Object element : elements) {
			if (element instanceof Map<?, ?> map) {
				objects.add(new Fields(map));
			}
		}
		return objects;
	}

	private <T> Optional<T> find(String name, Class<T> type) {
		return Optional.ofNullable(fields.get(name)).filter(type::isInstance).map(type::cast);
	}

	private static RefusedRequest missing(String name, String kind) {
		return Answer.misbehaved("the server's answer has no %s '%s'".formatted(kind, name));
	}

}
