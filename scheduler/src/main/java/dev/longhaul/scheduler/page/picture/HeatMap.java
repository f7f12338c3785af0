package dev.longhaul.scheduler.page.picture;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

import dev.longhaul.core.volume.ByteSize;

/**
 * A calendar of bytes: a column per week, a row per day of the week, the deeper the more.
 */
public final class HeatMap {

	/** A year and the rest of a week. */
	private static final int MOST_WEEKS = 54;

	private static final int CELL = 12;

	private static final int LEFT = 32;

	private static final int TOP = 18;

	private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM", Locale.ENGLISH);

	private HeatMap() {
	}

	/**
	 * @param last the last day that is shown
	 * @param weeks how many columns, at most 54
	 */
	public static Picture of(String title, Map<LocalDate, ByteSize> days, LocalDate last, int weeks) {
		int columns = Math.max(1, Math.min(MOST_WEEKS, weeks));
		LocalDate first = last.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).minusWeeks(columns - 1L);
		ByteSize most = days.values().stream().max(Comparator.naturalOrder()).orElse(ByteSize.ZERO);
		Svg svg = Svg.image("heat", LEFT + columns * CELL, TOP + 7 * CELL, title, figures(days, first, last));
		drawLabels(svg, first, columns);
		for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
			ByteSize read = days.getOrDefault(day, ByteSize.ZERO);
			int week = (int) ChronoUnit.WEEKS.between(first, day);
			svg.open("rect", "class", "level-" + level(read, most), "x", Svg.number(LEFT + week * CELL), "y",
					Svg.number(TOP + (day.getDayOfWeek().getValue() - 1) * CELL), "width", "10", "height", "10")
				.words("title", "%s: %s".formatted(day, read))
				.close();
		}
		return svg.picture();
	}

	/**
	 * From 0 for nothing to 4; by the logarithm, because a full backup dwarfs what comes
	 * after it.
	 */
	static int level(ByteSize size, ByteSize most) {
		if (size.bytes() == 0) {
			return 0;
		}
		double share = Math.log1p((double) size.bytes()) / Math.log1p((double) most.bytes());
		return (int) Math.max(1, Math.min(4, Math.ceil((share - 0.6) * 10)));
	}

	private static void drawLabels(Svg svg, LocalDate first, int columns) {
		for (int week = 0; week < columns; week++) {
			LocalDate monday = first.plusWeeks(week);
			if (monday.getDayOfMonth() <= 7 && week < columns - 1) {
				svg.label(LEFT + week * CELL, 11, "start", MONTH.format(monday));
			}
		}
		for (DayOfWeek day : new DayOfWeek[] { DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY, DayOfWeek.FRIDAY }) {
			String name = day.name().charAt(0) + day.name().substring(1, 3).toLowerCase(Locale.ROOT);
			svg.label(LEFT - 6, TOP + (day.getValue() - 1) * CELL + 9, "end", name);
		}
	}

	private static String figures(Map<LocalDate, ByteSize> days, LocalDate first, LocalDate last) {
		ByteSize sum = days.values().stream().reduce(ByteSize.ZERO, ByteSize::plus);
		long withReads = days.values().stream().filter(size -> size.bytes() > 0).count();
		long all = ChronoUnit.DAYS.between(first, last) + 1;
		return "From %s to %s: %s read back on %d of %d days.".formatted(first, last, sum, withReads, all);
	}

}
