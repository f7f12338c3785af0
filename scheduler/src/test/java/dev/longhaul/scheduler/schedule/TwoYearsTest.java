package dev.longhaul.scheduler.schedule;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.longhaul.core.job.Applications;
import dev.longhaul.core.job.BackupJob;
import dev.longhaul.core.job.CronSchedule;
import dev.longhaul.core.job.Misfire;
import dev.longhaul.core.job.Start;
import dev.longhaul.core.job.Trigger;
import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.run.RunOutcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quartz.CronExpression;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: over two years, runs begin exactly at the instants that their schedule says,
 * wherever clocks are moved and however. Method: the schedule with a clock that a test
 * moves, against a list that Quartz' own expressions make on a clock nobody moves, and
 * the rules of {@code gitops.schedule.Recurrence} for what that clock does not know: a
 * time that is skipped comes due as much later as was skipped; of a fixed time that is
 * there twice the first one counts; whatever is due in every hour is due in both.
 */
class TwoYearsTest {

	private static final JobName NIGHTLY = new JobName("nightly");

	static Stream<Years> years() {
		List<Years> all = new ArrayList<>();
		for (Period period : List.of(new Period("Europe/Berlin", "2026-01-01T00:00:00Z"),
				// Moved by half an hour.
				new Period("Australia/Lord_Howe", "2026-01-01T00:00:00Z"),
				// At midnight, in the other half of the year.
				new Period("America/Santiago", "2026-01-01T00:00:00Z"),
				new Period("America/Sao_Paulo", "2017-06-01T00:00:00Z"),
				// A whole day was skipped, the 30th of December 2011.
				new Period("Pacific/Apia", "2011-01-01T00:00:00Z"),
				new Period("Asia/Kathmandu", "2026-01-01T00:00:00Z"))) {
			for (Expression expression : List.of(Expression.fixed("30 2 * * *"), Expression.fixed("15 0 * * *"),
					Expression.fixed("45 1 * * SUN"), Expression.everyHour("0 * * * SAT,SUN"),
					Expression.fixed("0 3 1,15 * *"), Expression.fixed("30 23 29 2 *"),
					Expression.fixed("0 2,14 * 3-11 *"))) {
				all.add(new Years(period, expression));
			}
		}
		all.add(new Years(new Period("Europe/Berlin", "2026-01-01T00:00:00Z"), Expression.everyHour("*/20 * * * SUN")));
		return all.stream();
	}

	@ParameterizedTest
	@MethodSource("years")
	void runsBeginWhenTheirScheduleSaysSo(Years years) throws ParseException {
		VirtualAlarm alarm = new VirtualAlarm(years.period().from());
		List<Instant> begun = new ArrayList<>();
		List<Instant> scheduledFor = new ArrayList<>();
		Schedule schedule = new Schedule(alarm, new NothingPast(), (order, inForce) -> {
			begun.add(alarm.instant());
			scheduledFor.add(order.scheduledFor());
			return new RunOutcome.Proven();
		}, line -> {
		}, alarm, ZoneOffset.UTC);
		schedule.take(Declared.jobs(years.job()));

		alarm.passUntil(years.period().to());

		List<Instant> expected = years.independently();
		assertThat(begun).doesNotHaveDuplicates();
		assertThat(begun).filteredOn(instant -> !expected.contains(instant)).as("not due").isEmpty();
		assertThat(expected).filteredOn(instant -> !begun.contains(instant)).as("left out").isEmpty();
		assertThat(begun).isEqualTo(expected);
		assertThat(scheduledFor).isEqualTo(begun);
	}

	/** Two of them. */
	record Period(String zoneName, String start) {

		ZoneId zone() {
			return ZoneId.of(zoneName);
		}

		Instant from() {
			return Instant.parse(start);
		}

		Instant to() {
			return from().plus(Duration.ofDays(2 * 365));
		}

	}

	/**
	 * @param inEveryHour whether it is due in every hour, and so in one that is there
	 * twice
	 */
	record Expression(String cron, boolean inEveryHour) {

		static Expression fixed(String cron) {
			return new Expression(cron, false);
		}

		static Expression everyHour(String cron) {
			return new Expression(cron, true);
		}

		/**
		 * Quartz has seconds, counts days of the week from 1, and wants one question
		 * mark.
		 */
		CronExpression forQuartz() throws ParseException {
			String[] fields = cron.split(" ", -1);
			boolean byWeekday = !fields[4].equals("*");
			CronExpression expression = new CronExpression("0 %s %s %s %s %s".formatted(fields[0], fields[1],
					byWeekday ? "?" : fields[2], fields[3], byWeekday ? fields[4] : "?"));
			expression.setTimeZone(TimeZone.getTimeZone("UTC"));
			return expression;
		}

	}

	record Years(Period period, Expression expression) {

		BackupJob job() {
			return new BackupJob(NIGHTLY,
					new Trigger(new Start.OnSchedule(new CronSchedule(expression.cron(), period.zone())), false,
							Misfire.RUN_ONCE, Duration.ZERO, List.of()),
					new Applications.All());
		}

		List<Instant> independently() throws ParseException {
			CronExpression quartz = expression.forQuartz();
			TreeSet<Instant> instants = new TreeSet<>();
			Instant end = period.to().plus(Duration.ofDays(2));
			Optional<Instant> wall = next(quartz, period.from().minus(Duration.ofDays(2)));
			while (wall.isPresent() && wall.get().isBefore(end)) {
				instants.addAll(instants(wall.get().atZone(ZoneOffset.UTC).toLocalDateTime()));
				wall = next(quartz, wall.get());
			}
			return instants.stream()
				.filter(instant -> instant.isAfter(period.from()) && instant.isBefore(period.to()))
				.toList();
		}

		private static Optional<Instant> next(CronExpression quartz, Instant after) {
			return Optional.ofNullable(quartz.getNextValidTimeAfter(Date.from(after))).map(Date::toInstant);
		}

		private List<Instant> instants(LocalDateTime wall) {
			List<ZoneOffset> offsets = period.zone().getRules().getValidOffsets(wall);
			if (offsets.isEmpty()) {
				ZoneOffsetTransition gap = period.zone().getRules().getTransition(wall);
				return List.of(wall.toInstant(gap.getOffsetBefore()));
			}
			return offsets.stream()
				.limit(expression.inEveryHour() ? 2 : 1)
				.map(offset -> wall.toInstant(offset))
				.toList();
		}

	}

}
