package dev.longhaul.scheduler.ledger;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;

/**
 * Where the next page of a list begins: after the entry with these keys, whether it is
 * still there or not. Safe in a URL as it is.
 *
 * @param keys of the last entry of the page before
 */
public record Cursor(List<String> keys) {

	private static final int MOST_KEYS = 3;

	private static final Pattern TEXT = Pattern.compile("[a-zA-Z0-9.*_%+-]{1,200}(~[a-zA-Z0-9.*_%+-]{1,200})*");

	/**
	 * @throws IllegalArgumentException if there are none or too many keys
	 */
	public Cursor {
		keys = List.copyOf(keys);
		if (keys.isEmpty() || keys.size() > MOST_KEYS) {
			throw new IllegalArgumentException("a cursor has 1 to %d keys".formatted(MOST_KEYS));
		}
	}

	/**
	 * @param text as {@link #toString} makes it
	 * @throws IllegalArgumentException if it is none
	 */
	public static Cursor parse(String text) {
		if (!TEXT.matcher(text).matches()) {
			throw new IllegalArgumentException("this is no cursor");
		}
		return new Cursor(
				Arrays.stream(text.split("~", -1)).map(key -> URLDecoder.decode(key, StandardCharsets.UTF_8)).toList());
	}

	@Override
	public String toString() {
		return keys.stream()
			.map(key -> URLEncoder.encode(key, StandardCharsets.UTF_8))
			.collect(Collectors.joining("~"));
	}

	static Cursor after(Instant takenAt, Night night) {
		return new Cursor(List.of(takenAt.toString(), night.job().value(), night.scheduledFor().toString()));
	}

	static Cursor after(ApplicationName application, int place) {
		return new Cursor(List.of(application.value(), Integer.toString(place)));
	}

	Instant takenAt() {
		return instant(key(0, MOST_KEYS));
	}

	Night night() {
		return new Night(new JobName(key(1, MOST_KEYS)), instant(key(2, MOST_KEYS)));
	}

	ApplicationName application() {
		return new ApplicationName(key(0, 2));
	}

	int place() {
		return Integer.parseInt(key(1, 2));
	}

	private String key(int index, int of) {
		if (keys.size() != of) {
			throw new IllegalArgumentException("this cursor is of another list");
		}
		return keys.get(index);
	}

	private static Instant instant(String text) {
		try {
			return Instant.parse(text);
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException("this cursor is of another list", ex);
		}
	}

}
