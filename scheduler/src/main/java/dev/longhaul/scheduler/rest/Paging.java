package dev.longhaul.scheduler.rest;

import java.nio.charset.CharacterCodingException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;

/**
 * The part of a list that is asked for. A cursor says after which element the part
 * begins; callers take it from the part before and need not understand it. It is not
 * signed: whoever makes one up begins somewhere else in a list they may read anyway.
 *
 * @param after the key of the last element that is known; empty to begin
 * @param limit of elements, 1 to {@value #MOST}
 */
public record Paging(String after, int limit) {

	public static final int MOST = 500;

	public static final int USUAL = 100;

	private static final int LONGEST = 1000;

	/**
	 * @param cursor of the part before; null to begin
	 * @param limit null for the usual one
	 * @throws RefusedRequest if either is none
	 */
	public static Paging of(@Nullable String cursor, @Nullable Integer limit) {
		int most = (limit != null) ? limit : USUAL;
		if (most < 1 || most > MOST) {
			throw refused("'limit' is 1 to %d, not %d".formatted(MOST, most));
		}
		return new Paging((cursor != null) ? decode(cursor) : "", most);
	}

	private static String decode(String cursor) {
		try {
			if (cursor.isEmpty() || cursor.length() > LONGEST) {
				throw refused("this 'cursor' is none");
			}
			ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
			String key = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
			if (key.indexOf('\0') >= 0) {
				throw refused("this 'cursor' is none");
			}
			return key;
		}
		catch (IllegalArgumentException | CharacterCodingException ex) {
			throw refused("this 'cursor' is none");
		}
	}

	private static RefusedRequest refused(String fact) {
		return new RefusedRequest(FailureCode.INVALID_USAGE, fact,
				"leave 'cursor' out to begin, and take the next one from 'next' of the answer");
	}

	/**
	 * The part.
	 * @param source takes what to begin after and how many to give at most, and gives
	 * elements in the order of their keys
	 * @param key of an element
	 */
	public <T, V> Page<V> page(BiFunction<String, Integer, List<T>> source, Function<T, String> key,
			Function<T, V> view) {
		List<T> found = source.apply(after, limit + 1);
		List<T> part = found.subList(0, Math.min(limit, found.size()));
		String next = (found.size() > limit) ? encode(key.apply(part.get(limit - 1))) : null;
		return new Page<>(part.stream().map(view).toList(), next);
	}

	/**
	 * A part that was found otherwise.
	 * @param last the key of its last element, or whatever the part after it begins with;
	 * null if there is none
	 */
	static <T> Page<T> page(List<T> part, @Nullable String last) {
		return new Page<>(part, (last != null) ? encode(last) : null);
	}

	private static String encode(String key) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A part of a list.
	 *
	 * @param next the cursor of the part after it; null for the last
	 */
	public record Page<T>(List<T> items, @Nullable String next) {

		public Page {
			items = List.copyOf(items);
		}

	}

}
