package dev.longhaul.scheduler.page.overview;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.longhaul.scheduler.page.Action;
import dev.longhaul.scheduler.page.Page;
import dev.longhaul.scheduler.page.Section;
import dev.longhaul.scheduler.page.table.Column;
import dev.longhaul.scheduler.page.table.Query;
import dev.longhaul.scheduler.page.table.Table;

/**
 * All applications, and where their backups lie.
 *
 * @param runNow jobs that can be started now
 */
public record OverviewPage(Sentence sentence, Table<ApplicationRow> applications, List<BucketFigures> buckets,
		List<Action> runNow) implements Page {

	private static final List<Column<ApplicationRow>> COLUMNS = List.of(
			Column.sorted("name", "Application", Comparator.comparing(row -> row.name().value())),
			Column.sorted("verdict", "3 2 1 1 0", Comparator.comparingInt(ApplicationRow::severity)),
			Column.sorted("proven", "Proven", Comparator.comparing(ApplicationRow::proven)),
			Column.sorted("started", "Started", Comparator.comparing(ApplicationRow::started)),
			Column.plain("rpo", "RPO of goal"),
			Column.sorted("size", "Size", Comparator.comparing(ApplicationRow::size)), Column.plain("trend", "30 days"),
			Column.sorted("next", "Next", Comparator.comparing(ApplicationRow::due)));

	public OverviewPage {
		buckets = List.copyOf(buckets);
		runNow = List.copyOf(runNow);
	}

	/**
	 * Over all applications, however the table is filtered.
	 * @param shown adds what a row needs to be shown, and is asked of no other
	 */
	public static OverviewPage of(List<ApplicationRow> rows, UnaryOperator<ApplicationRow> shown, Query query,
			List<BucketFigures> buckets, List<Action> runNow, Instant now) {
		List<ApplicationRow> worstFirst = rows.stream()
			.sorted(Comparator.comparingInt(ApplicationRow::severity).thenComparing(row -> row.name().value()))
			.toList();
		return new OverviewPage(Sentence.of(worstFirst, now),
				Table.of(COLUMNS, worstFirst, ApplicationRow::words, query).map(shown), buckets, runNow);
	}

	@Override
	public String title() {
		return "Overview";
	}

	@Override
	public Section section() {
		return Section.OVERVIEW;
	}

	@Override
	public String json() {
		return "/api/v1/applications";
	}

}
