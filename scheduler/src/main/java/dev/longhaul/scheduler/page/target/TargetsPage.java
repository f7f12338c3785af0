package dev.longhaul.scheduler.page.target;

import java.util.Comparator;
import java.util.List;

import dev.longhaul.scheduler.page.Page;
import dev.longhaul.scheduler.page.Section;
import dev.longhaul.scheduler.page.table.Column;
import dev.longhaul.scheduler.page.table.Query;
import dev.longhaul.scheduler.page.table.Table;

/**
 * Where backups lie.
 */
public record TargetsPage(Table<TargetRow> targets) implements Page {

	private static final List<Column<TargetRow>> COLUMNS = List.of(
			Column.sorted("name", "Target", Comparator.comparing(TargetRow::name)),
			Column.sorted("reachable", "Reachable", Comparator.comparing(TargetRow::reachable)),
			Column.plain("immutable", "Immutable"), Column.plain("site", "Site and medium"),
			Column.sorted("stored", "Newest points", Comparator.comparingLong(TargetRow::bytes)),
			Column.plain("jobs", "Used by"));

	public static Table<TargetRow> table(List<TargetRow> targets, Query query) {
		return Table.of(COLUMNS, targets, TargetRow::words, query);
	}

	@Override
	public String title() {
		return "Targets";
	}

	@Override
	public Section section() {
		return Section.TARGETS;
	}

	@Override
	public String json() {
		return "/api/v1/targets";
	}

}
