package dev.longhaul.scheduler.ledger;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next where it goes on; null at its end
 */
public record Page<T>(List<T> entries, @Nullable Cursor next) {

	private static final int MOST = 500;

	public Page {
		entries = List.copyOf(entries);
	}

	/**
	 * @param oneMore the entries of the page and, if there is one, the first of the next
	 */
	static <T> Page<T> of(List<T> oneMore, int limit, Function<T, Cursor> after) {
		if (oneMore.size() <= limit) {
			return new Page<>(oneMore, null);
		}
		return new Page<>(oneMore.subList(0, limit), after.apply(oneMore.get(limit - 1)));
	}

	/**
	 * @throws IllegalArgumentException if nobody may ask for that many at once
	 */
	static int requireLimit(int limit) {
		if (limit < 1 || limit > MOST) {
			throw new IllegalArgumentException("a page has 1 to %d entries, not %d".formatted(MOST, limit));
		}
		return limit;
	}

}
