package dev.longhaul.scheduler.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.longhaul.core.volume.ByteSize;

/**
 * How large an application was, day by day.
 *
 * @param days newest first, at most {@value #MOST}: those that have a restore point, and
 * the size of the last of the day, in UTC
 */
public record Trend(List<Day> days) {

	private static final int MOST = 30;

	public Trend {
		days = List.copyOf(days);
	}

	/**
	 * @param size of all volumes together: blocks times block size
	 */
	public record Day(LocalDate date, ByteSize size) {
	}

	/**
	 * @param newestFirst restore points
	 */
	static <T> Trend of(List<T> newestFirst, Function<T, Instant> takenAt, Function<T, ByteSize> size) {
		Map<Long, ByteSize> last = new LinkedHashMap<>();
		for (T point : newestFirst) {
			long day = Columns.day(takenAt.apply(point));
			if (!last.containsKey(day) && last.size() == MOST) {
				break;
			}
			last.putIfAbsent(day, size.apply(point));
		}
		return new Trend(last.entrySet()
			.stream()
			.map(day -> new Day(LocalDate.ofEpochDay(day.getKey()), day.getValue()))
			.toList());
	}

	/**
	 * @param text as {@link #text} makes it
	 */
	static Trend parse(String text) {
		return new Trend(Arrays.stream(text.split(" ", -1)).filter(day -> !day.isEmpty()).map(day -> {
			int colon = day.indexOf(':');
			return new Day(LocalDate.ofEpochDay(Long.parseLong(day.substring(0, colon))),
					new ByteSize(Long.parseLong(day.substring(colon + 1))));
		}).toList());
	}

	/** {@code 20779:1048576 20778:1048576}. */
	String text() {
		return days.stream()
			.map(day -> day.date().toEpochDay() + ":" + day.size().bytes())
			.collect(Collectors.joining(" "));
	}

	/** Of the last days up to a day, that day included. */
	public Trend upTo(LocalDate today, int span) {
		return new Trend(days.stream()
			.filter(day -> !day.date().isAfter(today) && day.date().isAfter(today.minusDays(span)))
			.toList());
	}

}
