package dev.longhaul.core.job;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A time of the week in which no run starts.
 *
 * @param days on which it begins, at least one
 * @param from its first moment
 * @param to the first moment after it; on the next day if that is not later than
 * {@code from}
 * @param zone whose clock it goes by
 */
public record Blackout(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

	public Blackout {
		days = Set.copyOf(days);
		if (days.isEmpty()) {
			throw new IllegalArgumentException("a blackout on no day never is");
		}
		if (from.equals(to)) {
			throw new IllegalArgumentException("a blackout from " + from + " to " + to
					+ " could be all day or never; end it a minute before it begins to mean all day");
		}
	}

	/** The first moment after it, for one within it; empty for any other. */
	public Optional<Instant> endIfWithin(Instant moment) {
		LocalDate today = moment.atZone(zone).toLocalDate();
		return Stream.of(today.minusDays(1), today)
			.filter(day -> days.contains(day.getDayOfWeek()))
			.filter(day -> !moment.isBefore(day.atTime(from).atZone(zone).toInstant()))
			.map(day -> (to.isAfter(from) ? day : day.plusDays(1)).atTime(to).atZone(zone).toInstant())
			.filter(moment::isBefore)
			.max(Comparator.naturalOrder());
	}

}
