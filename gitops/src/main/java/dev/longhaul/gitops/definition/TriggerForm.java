package dev.longhaul.gitops.definition;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

import dev.longhaul.core.job.Blackout;
import dev.longhaul.core.job.CronSchedule;
import dev.longhaul.core.job.Misfire;
import dev.longhaul.core.job.Start;
import dev.longhaul.core.job.Trigger;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.form.Field;
import dev.longhaul.gitops.form.Form;
import dev.longhaul.gitops.form.Forms;
import dev.longhaul.gitops.form.ObjectForm;
import dev.longhaul.gitops.form.Values;
import dev.longhaul.gitops.schedule.Recurrence;

/**
 * The fields that say when a job runs; every kind of job has them.
 */
final class TriggerForm {

	private static final Field<String> SCHEDULE = Field.optional("schedule",
			Forms.text("five fields of cron: minute, hour, day of month, month, day of week, such as \"30 2 * * *\"",
					text -> text),
			"When it runs, as Kubernetes and Longhorn write it: minute, hour, day of month, month, day of week.");

	private static final Field<ZoneId> TIME_ZONE = Field.optional("timeZone",
			Forms.text("a time zone such as Europe/Berlin or UTC", TriggerForm::zone), ZoneOffset.UTC,
			"Whose clock the schedule means; UTC if it is left out.");

	private static final Field<JobName> AFTER = Field.optional("after", Names.JOB,
			"The job whose end starts this one, instead of a schedule.");

	private static final Field<Boolean> SUSPEND = Field.optional("suspend", Forms.flag(), false,
			"true keeps it from starting by itself.");

	private static final Field<Misfire> MISFIRE = Field.optional("misfire",
			Forms.oneOf(List.of(Misfire.values()), Misfire::word), Misfire.RUN_ONCE,
			"What becomes of a run that could not start when it was due: run-once as soon as it can, or skip.");

	private static final Field<Duration> JITTER = Field.optional("jitter", DurationForm.DURATION, Duration.ZERO,
			"A start is put off by up to this long, each job by its own share.");

	private static final Field<List<DayOfWeek>> DAYS = Field.optional("days",
			Forms.listOf(Forms.oneOf(List.of(DayOfWeek.values()), TriggerForm::word)), List.of(DayOfWeek.values()),
			"The days it begins on; all if they are left out.");

	private static final Form<LocalTime> CLOCK = Forms.text("a time such as \"07:30\"",
			"^([01][0-9]|2[0-3]):[0-5][0-9]$", TriggerForm::clock);

	private static final Field<LocalTime> FROM = Field.required("from", CLOCK,
			"The first minute in which no run starts.");

	private static final Field<LocalTime> TO = Field.required("to", CLOCK,
			"The first minute after it; on the next day if it is not later than 'from'.");

	private static final Field<List<Function<ZoneId, Blackout>>> BLACKOUTS = Field.optional("blackouts",
			Forms.listOf(ObjectForm.of("a time of the week", TriggerForm::blackout, FROM, TO, DAYS)), List.of(),
			"When no run starts, by the clock of 'timeZone'.");

	/** In the order in which people read them. */
	static final Field<?>[] FIELDS = { SCHEDULE, TIME_ZONE, AFTER, SUSPEND, MISFIRE, JITTER, BLACKOUTS };

	private TriggerForm() {
	}

	static Trigger trigger(Values values) {
		ZoneId zone = values.get(TIME_ZONE);
		List<Blackout> blackouts = values.get(BLACKOUTS).stream().map(blackout -> blackout.apply(zone)).toList();
		return new Trigger(start(values), values.get(SUSPEND), values.get(MISFIRE), jitter(values), blackouts);
	}

	/** Whose calendar a job goes by. */
	static ZoneId zone(Values values) {
		return values.get(TIME_ZONE);
	}

	private static Start start(Values values) {
		String expression = values.find(SCHEDULE);
		JobName after = values.find(AFTER);
		if (expression != null && after != null) {
			throw values.mistake(AFTER, "'after' stands beside 'schedule', and only one can start the job");
		}
		if (after != null) {
			return new Start.After(after);
		}
		if (expression == null) {
			throw new IllegalArgumentException("neither 'schedule' nor 'after' says when it runs");
		}
		return new Start.OnSchedule(schedule(values, new CronSchedule(expression, values.get(TIME_ZONE))));
	}

	private static CronSchedule schedule(Values values, CronSchedule schedule) {
		try {
			Recurrence.of(schedule);
		}
		catch (IllegalArgumentException ex) {
			throw values.mistake(SCHEDULE, String.valueOf(ex.getMessage()));
		}
		return schedule;
	}

	private static Duration jitter(Values values) {
		Duration jitter = values.get(JITTER);
		if (jitter.compareTo(Trigger.LONGEST_JITTER) > 0) {
			throw values.mistake(JITTER, "a jitter of more than 6 hours");
		}
		return jitter;
	}

	private static Function<ZoneId, Blackout> blackout(Values values) {
		Set<DayOfWeek> days = days(values.get(DAYS));
		LocalTime from = values.get(FROM);
		LocalTime to = values.get(TO);
		if (from.equals(to)) {
			throw values.mistake(TO, "it ends when it begins, which could be all day or never");
		}
		return zone -> new Blackout(days, from, to, zone);
	}

	private static Set<DayOfWeek> days(List<DayOfWeek> days) {
		Set<DayOfWeek> distinct = EnumSet.copyOf(days);
		if (distinct.size() < days.size()) {
			throw new IllegalArgumentException("a day is there twice");
		}
		return distinct;
	}

	/** Three letters: {@code Mon}. */
	private static String word(DayOfWeek day) {
		return day.name().charAt(0) + day.name().substring(1, 3).toLowerCase(Locale.ROOT);
	}

	private static ZoneId zone(String text) {
		try {
			return ZoneId.of(text);
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException("'" + text + "' is no time zone", ex);
		}
	}

	private static LocalTime clock(String text) {
		try {
			return LocalTime.parse(text);
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException("'" + text + "' is no time of day", ex);
		}
	}

}
