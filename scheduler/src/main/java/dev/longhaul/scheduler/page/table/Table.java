package dev.longhaul.scheduler.page.table;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Rows as a reader asked for them.
 *
 * @param rows of the part that is shown
 * @param matching how many there are in all parts
 * @param total how many there are without the filter
 */
public record Table<R>(List<Column<R>> columns, List<R> rows, Query query, int matching, int total) {

	/** As many as a browser shows at once, and a server renders in no time. */
	private static final int MOST_ROWS = 200;

	public Table {
		columns = List.copyOf(columns);
		rows = List.copyOf(rows);
	}

	/**
	 * Filters and sorts.
	 * @param all in the table's own order, which stays among equals
	 * @param words what of a row can be searched
	 */
	public static <R> Table<R> of(List<Column<R>> columns, List<R> all, Function<R, String> words, Query query) {
		String filter = query.filter().toLowerCase(Locale.ROOT);
		List<R> matching = all.stream()
			.filter(row -> words.apply(row).toLowerCase(Locale.ROOT).contains(filter))
			.toList();
		Comparator<R> order = order(columns, query);
		List<R> rows = (order != null) ? sorted(matching, order, query.order()) : matching;
		int parts = Math.max(1, (rows.size() + MOST_ROWS - 1) / MOST_ROWS);
		Query shown = query.at(Math.min(query.part(), parts));
		int from = (shown.part() - 1) * MOST_ROWS;
		return new Table<>(columns, rows.subList(from, Math.min(rows.size(), from + MOST_ROWS)), shown, rows.size(),
				all.size());
	}

	/** With each row that is shown replaced. */
	public Table<R> map(UnaryOperator<R> how) {
		return new Table<>(columns, rows.stream().map(how).toList(), query, matching, total);
	}

	/** Nothing to show, and not because of a filter. */
	public boolean isEmpty() {
		return total == 0;
	}

	/** The link to the part before; null if this is the first. */
	public @Nullable String before() {
		return (query.part() > 1) ? query.at(query.part() - 1).href() : null;
	}

	/** The link to the part after; null if this is the last. */
	public @Nullable String after() {
		return (query.part() * MOST_ROWS < matching) ? query.at(query.part() + 1).href() : null;
	}

	/** The number of the first row that is shown, counted from 1. */
	public int first() {
		return (query.part() - 1) * MOST_ROWS + 1;
	}

	/** The link that sorts by a column. */
	public String sortedBy(Column<?> column) {
		return query.sortedBy(column.key());
	}

	/** For {@code aria-sort}. */
	public String sorting(Column<?> column) {
		if (!column.key().equals(query.column())) {
			return "none";
		}
		return query.order().name().toLowerCase(Locale.ROOT);
	}

	/** Null where a query asks for a column that is not there, or does not sort. */
	private static <R> @Nullable Comparator<R> order(List<Column<R>> columns, Query query) {
		for (Column<R> column : columns) {
			if (column.key().equals(query.column())) {
				return column.order();
			}
		}
		return null;
	}

	private static <R> List<R> sorted(List<R> rows, Comparator<R> order, Order way) {
		return rows.stream().sorted((way == Order.DESCENDING) ? order.reversed() : order).toList();
	}

}
