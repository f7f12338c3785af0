package dev.longhaul.scheduler.page.run;

import java.util.Comparator;
import java.util.List;

import dev.longhaul.scheduler.page.Action;
import dev.longhaul.scheduler.page.Page;
import dev.longhaul.scheduler.page.Section;
import dev.longhaul.scheduler.page.table.Column;
import dev.longhaul.scheduler.page.table.Query;
import dev.longhaul.scheduler.page.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * What ran.
 *
 * @param newer link to those after these; null if there are none
 * @param older link to those before these; null if there are none
 * @param runNow jobs that can be started now
 */
public record RunsPage(Table<RunRow> runs, @Nullable String newer, @Nullable String older,
		List<Action> runNow) implements Page {

	private static final List<Column<RunRow>> COLUMNS = List.of(
			Column.sorted("due", "Due", Comparator.comparing(RunRow::scheduledFor)),
			Column.sorted("job", "Job", Comparator.comparing(row -> row.job().value())),
			Column.sorted("state", "Outcome", Comparator.comparing(RunRow::state)), Column.plain("took", "Took"),
			Column.sorted("moved", "Moved", Comparator.comparingLong(RunRow::bytes)),
			Column.sorted("cause", "Begun by", Comparator.comparing(RunRow::cause)));

	public RunsPage {
		runNow = List.copyOf(runNow);
	}

	public static Table<RunRow> table(List<RunRow> newestFirst, Query query) {
		return Table.of(COLUMNS, newestFirst, RunRow::words, query);
	}

	@Override
	public String title() {
		return "Runs";
	}

	@Override
	public Section section() {
		return Section.RUNS;
	}

	@Override
	public String json() {
		return "/api/v1/runs";
	}

}
