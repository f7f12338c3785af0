package dev.longhaul.scheduler.page.picture;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * The foot of a plot over time: the days of the reader's calendar.
 */
final class TimeAxis {

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

	private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM yyyy", Locale.ENGLISH);

	private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

	private static final int MOST_LABELS = 7;

	private final Instant from;

	private final Instant to;

	private final ZoneId zone;

	private final Scale scale;

	TimeAxis(Instant from, Instant to, ZoneId zone, double start, double end) {
		this.from = from;
		this.to = to;
		this.zone = zone;
		this.scale = Scale.ofTime(from, to, start, end);
	}

	double at(Instant instant) {
		return scale.at(instant);
	}

	Scale scale() {
		return scale;
	}

	/** Lines from {@code top} to {@code bottom}, and what they stand for below. */
	void draw(Svg svg, double top, double bottom) {
		if (Duration.between(from, to).toDays() < 2) {
			drawHours(svg, top, bottom);
			return;
		}
		LocalDate first = from.atZone(zone).toLocalDate().plusDays(1);
		long days = Math.max(1, ChronoUnit.DAYS.between(first, to.atZone(zone).toLocalDate()) + 1);
		long step = Math.max(1, (days + MOST_LABELS - 1) / MOST_LABELS);
		DateTimeFormatter format = (days > 400) ? MONTH : DAY;
		for (long day = 0; day < days; day += step) {
			LocalDate date = first.plusDays(day);
			mark(svg, date.atStartOfDay(zone).toInstant(), format.format(date), top, bottom);
		}
	}

	private void drawHours(Svg svg, double top, double bottom) {
		long hours = Math.max(1, Duration.between(from, to).toHours());
		long step = Math.max(1, (hours + MOST_LABELS - 1) / MOST_LABELS);
		Instant first = from.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
		for (Instant hour = first; !hour.isAfter(to); hour = hour.plus(step, ChronoUnit.HOURS)) {
			mark(svg, hour, HOUR.format(hour.atZone(zone)), top, bottom);
		}
	}

	private void mark(Svg svg, Instant instant, String words, double top, double bottom) {
		double x = at(instant);
		svg.line("grid", x, top, x, bottom);
		svg.label(x, bottom + 15, "middle", words);
	}

}
