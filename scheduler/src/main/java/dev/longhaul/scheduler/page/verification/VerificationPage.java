package dev.longhaul.scheduler.page.verification;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.page.Page;
import dev.longhaul.scheduler.page.Section;
import dev.longhaul.scheduler.page.table.Column;
import dev.longhaul.scheduler.page.table.Query;
import dev.longhaul.scheduler.page.table.Table;

/**
 * What was read back, how much of everything that is, and what comes next.
 *
 * @param days bytes read back per day of the reader's calendar
 * @param today its last day
 * @param refusals documents in the bucket that are not believed, for people
 */
public record VerificationPage(Map<LocalDate, ByteSize> days, LocalDate today, List<Coverage> coverage,
		Table<DueRow> due, List<String> refusals) implements Page {

	private static final List<Column<DueRow>> COLUMNS = List.of(
			Column.sorted("at", "When", Comparator.comparing(DueRow::at)),
			Column.sorted("what", "What", Comparator.comparing(DueRow::what)),
			Column.sorted("target", "Target", Comparator.comparing(DueRow::target)),
			Column.sorted("blocks", "Blocks", Comparator.comparingLong(DueRow::blocks)),
			Column.sorted("calls", "Calls", Comparator.comparingLong(DueRow::calls)),
			Column.sorted("bytes", "Bytes", Comparator.comparing(DueRow::bytes)));

	public VerificationPage {
		days = Map.copyOf(days);
		coverage = List.copyOf(coverage);
		refusals = List.copyOf(refusals);
	}

	public static Table<DueRow> due(List<DueRow> soonestFirst, Query query) {
		return Table.of(COLUMNS, soonestFirst, row -> row.what() + " " + row.target(), query);
	}

	@Override
	public String title() {
		return "Verification";
	}

	@Override
	public Section section() {
		return Section.VERIFICATION;
	}

	@Override
	public String json() {
		return "/api/v1/coverage";
	}

}
