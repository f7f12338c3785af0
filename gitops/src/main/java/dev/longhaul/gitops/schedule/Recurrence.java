package dev.longhaul.gitops.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;

import dev.longhaul.core.job.CronSchedule;

/**
 * The instants at which a {@link CronSchedule} comes due.
 * <p>
 * The dialect is that of Kubernetes and Longhorn, which both use robfig/cron's standard
 * parser: minute, hour, day of month, month, day of week (0 to 6 from Sunday, or names);
 * {@code ?} for {@code *}; {@code @daily} and its like. Where both days are restricted
 * either of them is enough.
 * <p>
 * An instant that the clock skips in spring comes due when the clock has moved on, where
 * Kubernetes would leave that night out: a backup that is late is better than none. In
 * autumn a fixed time comes due once, at the first of its two instants.
 */
public final class Recurrence {

	private static final Pattern BLANKS = Pattern.compile("\\s+");

	private static final String PREFIX = "Failed to parse cron expression. ";

	private static final CronParser PARSER = new CronParser(dialect());

	private final ExecutionTime time;

	private final ZoneId zone;

	private Recurrence(ExecutionTime time, ZoneId zone) {
		this.time = time;
		this.zone = zone;
	}

	private static CronDefinition dialect() {
		return CronDefinitionBuilder.defineCron()
			.withMinutes()
			.withStrictRange()
			.and()
			.withHours()
			.withStrictRange()
			.and()
			.withDayOfMonth()
			.withStrictRange()
			.and()
			.withMonth()
			.withStrictRange()
			.and()
			.withDayOfWeek()
			.withValidRange(0, 6)
			.withMondayDoWValue(1)
			.withStrictRange()
			.and()
			.withSupportedNicknameYearly()
			.withSupportedNicknameAnnually()
			.withSupportedNicknameMonthly()
			.withSupportedNicknameWeekly()
			.withSupportedNicknameDaily()
			.withSupportedNicknameMidnight()
			.withSupportedNicknameHourly()
			.instance();
	}

	/**
	 * @throws IllegalArgumentException with a message for people, if it is no cron
	 * expression or never comes due
	 */
	public static Recurrence of(CronSchedule schedule) {
		Recurrence recurrence = new Recurrence(parse(schedule.expression()), schedule.zone());
		if (recurrence.next(Instant.EPOCH).isEmpty()) {
			throw new IllegalArgumentException("'%s' never comes due".formatted(schedule.expression()));
		}
		return recurrence;
	}

	private static ExecutionTime parse(String expression) {
		try {
			return ExecutionTime.forCron(PARSER.parse(withoutQuestionMarks(expression)).validate());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"'%s' is no cron expression: %s".formatted(expression, reason(String.valueOf(ex.getMessage()))),
					ex);
		}
	}

	/**
	 * With the library's own question mark, both days would have to match.
	 */
	private static String withoutQuestionMarks(String expression) {
		String[] fields = BLANKS.split(expression.strip());
		if (fields.length == 5) {
			fields[2] = fields[2].equals("?") ? "*" : fields[2];
			fields[4] = fields[4].equals("?") ? "*" : fields[4];
		}
		return String.join(" ", fields);
	}

	private static String reason(String message) {
		if (message.contains("Invalid chars")) {
			return "only numbers, names, '*', ',', '-' and '/' belong there";
		}
		return message.startsWith(PREFIX) ? message.substring(PREFIX.length()) : message;
	}

	/** The first instant after another; empty if there is none within some years. */
	public Optional<Instant> next(Instant after) {
		ZonedDateTime here = after.atZone(zone);
		return Stream.concat(byTheZone(here).stream(), skippedByTheClock(here).stream()).min(Instant::compareTo);
	}

	/**
	 * In an hour that is there twice, a fixed time would be due again for somebody who
	 * asks only then; so one asks as if it had not begun.
	 */
	private Optional<Instant> byTheZone(ZonedDateTime here) {
		ZoneOffsetTransition moved = zone.getRules().getTransition(here.toLocalDateTime());
		boolean twice = moved != null && moved.isOverlap();
		ZonedDateTime from = twice ? moved.getInstant().plus(moved.getDuration()).minusSeconds(1).atZone(zone) : here;
		return Stream
			.iterate(time.nextExecution(from), Optional::isPresent, due -> time.nextExecution(due.orElseThrow()))
			.map(due -> due.orElseThrow().toInstant())
			.filter(due -> due.isAfter(here.toInstant()))
			.findFirst();
	}

	/** The first few instants after another. */
	public List<Instant> next(Instant after, int count) {
		return Stream.iterate(next(after), Optional::isPresent, due -> next(due.orElseThrow()))
			.limit(count)
			.map(Optional::orElseThrow)
			.toList();
	}

	/**
	 * The next time of a clock that nobody ever moves, as soon as the real one is there.
	 */
	private Optional<Instant> skippedByTheClock(ZonedDateTime here) {
		LocalDateTime clock = here.toLocalDateTime();
		return time.nextExecution(clock.atZone(ZoneOffset.UTC))
			.map(due -> due.toLocalDateTime().atZone(zone).toInstant())
			.filter(due -> due.isAfter(here.toInstant()));
	}

}
