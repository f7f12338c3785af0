package dev.longhaul.scheduler.page.application;

import java.util.Comparator;
import java.util.List;

import dev.longhaul.scheduler.page.Action;
import dev.longhaul.scheduler.page.Page;
import dev.longhaul.scheduler.page.Reader;
import dev.longhaul.scheduler.page.Section;
import dev.longhaul.scheduler.page.overview.ApplicationRow;
import dev.longhaul.scheduler.page.picture.Sample;
import dev.longhaul.scheduler.page.picture.StackedAreas.Series;
import dev.longhaul.scheduler.page.picture.Timeline.Fate;
import dev.longhaul.scheduler.page.picture.Timeline.Mark;
import dev.longhaul.scheduler.page.table.Column;
import dev.longhaul.scheduler.page.table.Query;
import dev.longhaul.scheduler.page.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * One application.
 *
 * @param profile how it is made quiet and checked; null if it is not
 * @param points of the time that is shown, newest first
 * @param older link to the time before; null if there is none
 * @param windows how long it was quiet, in milliseconds
 * @param sizes by volume, in bytes
 */
public record ApplicationPage(ApplicationRow application, @Nullable String profile, Table<PointRow> points,
		@Nullable String older, Table<VolumeRow> volumes, List<Sample> windows, List<Series> sizes,
		List<Action> actions) implements Page {

	private static final List<Column<PointRow>> POINT_COLUMNS = List.of(
			Column.sorted("taken", "Taken", Comparator.comparing(PointRow::takenAt)),
			Column.sorted("state", "State", Comparator.comparing(PointRow::form)),
			Column.plain("copies", "Copies and what was read of them"),
			Column.sorted("size", "Size", Comparator.comparing(PointRow::size)), Column.plain("quiet", "Quiet"));

	private static final List<Column<VolumeRow>> VOLUME_COLUMNS = List.of(Column.plain("claim", "Claim"),
			Column.plain("volume", "Volume"), Column.plain("size", "Size"), Column.plain("newest", "Newest backup"));

	public ApplicationPage {
		windows = List.copyOf(windows);
		sizes = List.copyOf(sizes);
		actions = List.copyOf(actions);
	}

	public static Table<PointRow> points(List<PointRow> newestFirst, Query query) {
		return Table.of(POINT_COLUMNS, newestFirst, point -> point.night() + " " + point.form().word(), query);
	}

	public static Table<VolumeRow> volumes(List<VolumeRow> volumes) {
		return Table.of(VOLUME_COLUMNS, volumes, row -> "", Query.of("/"));
	}

	/** The marks of the timeline, each leading to its row. */
	public List<Mark> marks(Reader reader) {
		return points.rows()
			.stream()
			.map(point -> new Mark(point.takenAt(), point.form(), point.fate(), "#" + point.id(),
					"%s, %s".formatted(reader.absolute(point.takenAt()), point.form().word())))
			.toList();
	}

	/** How many of them retention is about to remove. */
	public long removedNext() {
		return points.rows().stream().filter(point -> point.fate() == Fate.REMOVED_NEXT).count();
	}

	@Override
	public String title() {
		return application.name().value();
	}

	@Override
	public Section section() {
		return Section.OVERVIEW;
	}

	@Override
	public String json() {
		return "/api/v1/applications/" + application.name();
	}

}
