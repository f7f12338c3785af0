package dev.longhaul.scheduler.page.table;

import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param key stands in links
 * @param label the head of the column
 * @param order null for one that does not sort
 */
public record Column<R>(String key, String label, @Nullable Comparator<R> order) {

	/** One that sorts, least first. */
	public static <R> Column<R> sorted(String key, String label, Comparator<R> order) {
		return new Column<>(key, label, order);
	}

	/** One that does not sort. */
	public static <R> Column<R> plain(String key, String label) {
		return new Column<>(key, label, null);
	}

	public boolean sorts() {
		return order != null;
	}

}
