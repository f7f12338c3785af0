package dev.longhaul.scheduler.page.job;

import java.util.Comparator;
import java.util.List;

import dev.longhaul.scheduler.page.Page;
import dev.longhaul.scheduler.page.Section;
import dev.longhaul.scheduler.page.table.Column;
import dev.longhaul.scheduler.page.table.Query;
import dev.longhaul.scheduler.page.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * All jobs that are declared.
 *
 * @param revision of Git that is in force; null if none ever was
 * @param trouble why a newer revision is not in force, for people; null if there is none
 */
public record JobsPage(Table<JobRow> jobs, @Nullable Revision revision, @Nullable String trouble) implements Page {

	private static final List<Column<JobRow>> COLUMNS = List.of(
			Column.sorted("name", "Job", Comparator.comparing(row -> row.name().value())),
			Column.sorted("kind", "Kind", Comparator.comparing(JobRow::kind)),
			Column.sorted("schedule", "Schedule", Comparator.comparing(JobRow::schedule)),
			Column.sorted("next", "Next", Comparator.comparing(JobRow::due)), Column.plain("last", "Last run"));

	public static Table<JobRow> table(List<JobRow> jobs, Query query) {
		return Table.of(COLUMNS, jobs, JobRow::words, query);
	}

	@Override
	public String title() {
		return "Jobs";
	}

	@Override
	public Section section() {
		return Section.JOBS;
	}

	@Override
	public String json() {
		return "/api/v1/jobs";
	}

}
