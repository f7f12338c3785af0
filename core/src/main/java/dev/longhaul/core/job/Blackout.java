package dev.longhaul.core.job;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

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

}
