package dev.longhaul.scheduler.page.table;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a reader asked a table for, as it stands behind the path of a page:
 * {@code ?q=gitea&sort=-size}.
 *
 * @param path of the page
 * @param filter what rows have to contain; empty for all
 * @param column by which they are sorted; null for the table's own order
 */
public record Query(String path, String filter, @Nullable String column, Order order) {

	private static final int LONGEST_FILTER = 100;

	public Query {
		filter = filter.strip();
		if (filter.length() > LONGEST_FILTER) {
			filter = filter.substring(0, LONGEST_FILTER);
		}
	}

	/** One that asks for nothing in particular. */
	public static Query of(String path) {
		return new Query(path, "", null, Order.ASCENDING);
	}

	/**
	 * @param parameters of the request; a table ignores a column it does not have
	 */
	public static Query of(String path, Map<String, String> parameters) {
		String sort = parameters.getOrDefault("sort", "");
		boolean descending = sort.startsWith("-");
		String column = descending ? sort.substring(1) : sort;
		return new Query(path, parameters.getOrDefault("q", ""), column.isEmpty() ? null : column,
				descending ? Order.DESCENDING : Order.ASCENDING);
	}

	/** What stands in the link; empty for the table's own order. */
	public String sort() {
		return (column == null) ? "" : ((order == Order.DESCENDING) ? "-" : "") + column;
	}

	/** The same sorted by that column; the other way round if it is already. */
	String sortedBy(String wanted) {
		Order next = wanted.equals(column) ? order.other() : Order.ASCENDING;
		return new Query(path, filter, wanted, next).href();
	}

	/** As a link. */
	public String href() {
		StringBuilder href = new StringBuilder(path);
		add(href, "q", filter);
		add(href, "sort", sort());
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
