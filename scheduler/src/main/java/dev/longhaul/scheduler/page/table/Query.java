package dev.longhaul.scheduler.page.table;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a reader asked a table for, as it stands behind the path of a page:
 * {@code ?q=gitea&sort=-size}.
 *
 * @param path of the page
 * @param filter what rows have to contain; empty for all
 * @param column by which they are sorted; null for the table's own order
 * @param part of the rows that is shown, counted from 1
 */
public record Query(String path, String filter, @Nullable String column, Order order, int part) {

	private static final int LONGEST_FILTER = 100;

	private static final Pattern PART = Pattern.compile("[1-9][0-9]{0,5}");

	public Query {
		filter = filter.strip();
		if (filter.length() > LONGEST_FILTER) {
			filter = filter.substring(0, LONGEST_FILTER);
		}
	}

	/** One that asks for nothing in particular. */
	public static Query of(String path) {
		return new Query(path, "", null, Order.ASCENDING, 1);
	}

	/**
	 * @param parameters of the request; a table ignores a column it does not have
	 */
	public static Query of(String path, Map<String, String> parameters) {
		String sort = parameters.getOrDefault("sort", "");
		boolean descending = sort.startsWith("-");
		String column = descending ? sort.substring(1) : sort;
		String part = parameters.getOrDefault("part", "1");
		return new Query(path, parameters.getOrDefault("q", ""), column.isEmpty() ? null : column,
				descending ? Order.DESCENDING : Order.ASCENDING,
				PART.matcher(part).matches() ? Integer.parseInt(part) : 1);
	}

	/** What stands in the link; empty for the table's own order. */
	public String sort() {
		return (column == null) ? "" : ((order == Order.DESCENDING) ? "-" : "") + column;
	}

	/** The same sorted by that column; the other way round if it is already. */
	String sortedBy(String wanted) {
		Order next = wanted.equals(column) ? order.other() : Order.ASCENDING;
		return new Query(path, filter, wanted, next, 1).href();
	}

	/** The same at another part. */
	Query at(int other) {
		return new Query(path, filter, column, order, other);
	}

	/** As a link. */
	public String href() {
		StringBuilder href = new StringBuilder(path);
		add(href, "q", filter);
		add(href, "sort", sort());
		add(href, "part", (part == 1) ? "" : Integer.toString(part));
		return href.toString();
	}

	private static void add(StringBuilder href, String name, String value) {
		if (!value.isEmpty()) {
			href.append((href.indexOf("?") < 0) ? '?' : '&')
				.append(name)
				.append('=')
				.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
		}
	}

}
