package dev.longhaul.scheduler.rest;

import java.util.function.BiFunction;
import java.util.function.Function;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.ledger.Cursor;
import dev.longhaul.scheduler.rest.Paging.Page;
import org.jspecify.annotations.Nullable;

/**
 * Parts of lists that the ledger cuts itself.
 */
final class LedgerPages {

	private LedgerPages() {
	}

	/**
	 * @param list takes where to begin, null for the beginning, and how many to give
	 * @throws RefusedRequest if the cursor is of another list
	 */
	static <T, V> Page<V> page(Paging paging,
			BiFunction<@Nullable Cursor, Integer, dev.longhaul.scheduler.ledger.Page<T>> list, Function<T, V> view) {
		dev.longhaul.scheduler.ledger.Page<T> part;
		try {
			part = list.apply(paging.after().isEmpty() ? null : Cursor.parse(paging.after()), paging.limit());
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "this 'cursor' is none",
					"leave it out to begin at the beginning of the list", ex);
		}
		Cursor next = part.next();
		return Paging.page(part.entries().stream().map(view).toList(), (next != null) ? next.toString() : null);
	}

}
