package dev.longhaul.gitops.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.longhaul.core.job.Applications;
import dev.longhaul.core.job.BackupJob;
import dev.longhaul.core.job.Blackout;
import dev.longhaul.core.job.CronSchedule;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.job.Misfire;
import dev.longhaul.core.job.Start;
import dev.longhaul.core.job.Trigger;
import dev.longhaul.core.run.JobName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimetableTest {

	private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

	/** A Monday, 12:00 in Berlin. */
	private static final Instant NOON = Instant.parse("2026-11-23T11:00:00Z");

	private static final Blackout EVERY_NIGHT = new Blackout(EnumSet.allOf(DayOfWeek.class), LocalTime.of(2, 0),
			LocalTime.of(5, 0), BERLIN);

	@ParameterizedTest
	@CsvSource({ "30 2 * * *, 2026-11-23T01:30:00Z", "* * * * *, 2026-11-23T11:00:00Z",
			"0 0 29 2 *, 2024-02-28T23:00:00Z" })
	void theNewestRunThatShouldHaveBegunIsTheLastBeforeAMoment(String cron, String newest) {
		assertThat(Timetable.newest(job(cron, Misfire.SKIP), NOON)).contains(due(newest, newest));
	}

	@ParameterizedTest
	@CsvSource({ "RUN_ONCE, 2026-11-23T01:30:00Z, 2026-11-23T04:00:00Z",
			"SKIP, 2026-11-23T00:30:00Z, 2026-11-23T00:30:00Z" })
	void aRunThatABlackoutKeptShouldHaveBegunAfterItOrNotAtAll(Misfire misfire, String scheduledFor, String start) {
		assertThat(Timetable.newest(job("30 1,2 * * *", misfire, Duration.ZERO, EVERY_NIGHT), NOON))
			.contains(due(scheduledFor, start));
	}

	@Test
	void withinABlackoutTheRunItKeepsShouldNotHaveBegunYet() {
		Instant within = Instant.parse("2026-11-23T02:00:00Z");

		assertThat(Timetable.newest(job("30 1,2 * * *", Misfire.RUN_ONCE, Duration.ZERO, EVERY_NIGHT), within))
			.contains(due("2026-11-23T00:30:00Z", "2026-11-23T00:30:00Z"));
	}

	@Test
	void runsWhenTheScheduleSays() {
		assertThat(Timetable.next(job("30 2 * * *", Misfire.RUN_ONCE), NOON, NOON))
			.contains(due("2026-11-24T01:30:00Z", "2026-11-24T01:30:00Z"));
	}

	@ParameterizedTest
	@CsvSource({ "RUN_ONCE, 2026-11-23T01:30:00Z, 2026-11-23T11:00:00Z",
			"SKIP, 2026-11-24T01:30:00Z, 2026-11-24T01:30:00Z" })
	void howeverManyWereMissedTheNewestRunsOnceOrNone(Misfire misfire, String scheduledFor, String start) {
		Instant fourDaysAgo = NOON.minus(Duration.ofDays(4));

		assertThat(Timetable.next(job("30 2 * * *", misfire), fourDaysAgo, NOON)).contains(due(scheduledFor, start));
	}

	@ParameterizedTest
	@CsvSource({ "* * * * *, 2026-11-23T10:59:00Z", "0 0 1 * *, 2026-10-31T23:00:00Z",
			"0 0 29 2 *, 2024-02-28T23:00:00Z" })
	void theNewestMissedRunIsFoundAfterYears(String cron, String newest) {
		Instant longAgo = NOON.minus(Duration.ofDays(1000));

		assertThat(Timetable.next(job(cron, Misfire.RUN_ONCE), longAgo, NOON)).contains(due(newest, NOON.toString()));
	}

	@Test
	void aStartThatIsLateByUnderAMinuteWasNotMissed() {
		Instant scheduledFor = Instant.parse("2026-11-23T01:30:00Z");
		JobDefinition nightly = job("30 2 * * *", Misfire.SKIP);

		assertThat(Timetable.next(nightly, scheduledFor.minusSeconds(1), scheduledFor.plusSeconds(59)))
			.contains(new Due(scheduledFor, scheduledFor));
		assertThat(Timetable.next(nightly, scheduledFor.minusSeconds(1), scheduledFor.plusSeconds(60)))
			.contains(due("2026-11-24T01:30:00Z", "2026-11-24T01:30:00Z"));
	}

	@Test
	void aSettledRunIsNotDueAgain() {
		Instant scheduledFor = Instant.parse("2026-11-23T01:30:00Z");

		assertThat(Timetable.next(job("30 2 * * *", Misfire.RUN_ONCE), scheduledFor, NOON))
			.contains(due("2026-11-24T01:30:00Z", "2026-11-24T01:30:00Z"));
	}

	@ParameterizedTest
	@CsvSource({ "RUN_ONCE, 2026-11-24T01:30:00Z, 2026-11-24T04:00:00Z",
			"SKIP, 2026-11-24T13:30:00Z, 2026-11-24T13:30:00Z" })
	void aRunWithinABlackoutWaitsForItsEndOrIsLeftOut(Misfire misfire, String scheduledFor, String start) {
		JobDefinition twiceADay = job("30 2,14 * * *", misfire, Duration.ZERO, EVERY_NIGHT);
		Instant evening = Instant.parse("2026-11-23T20:00:00Z");

		assertThat(Timetable.next(twiceADay, evening, evening)).contains(due(scheduledFor, start));
	}

	@Test
	void blackoutsThatMeetAreOne() {
		Blackout tillSix = new Blackout(Set.of(DayOfWeek.TUESDAY), LocalTime.of(5, 0), LocalTime.of(6, 0), BERLIN);

		assertThat(Timetable.next(job("30 2 * * *", Misfire.RUN_ONCE, Duration.ZERO, EVERY_NIGHT, tillSix), NOON, NOON))
			.contains(due("2026-11-24T01:30:00Z", "2026-11-24T05:00:00Z"));
	}

	@ParameterizedTest
	@CsvSource({ "RUN_ONCE, 0 12 * * *", "SKIP, 30 2 * * *" })
	void aJobThatBlackoutsNeverLetStartIsNotDue(Misfire misfire, String cron) {
		Blackout allDay = new Blackout(EnumSet.allOf(DayOfWeek.class), LocalTime.MIN, LocalTime.of(23, 59), BERLIN);
		Blackout rest = new Blackout(EnumSet.allOf(DayOfWeek.class), LocalTime.of(23, 59), LocalTime.MIN, BERLIN);

		assertThat(Timetable.next(job(cron, misfire, Duration.ZERO, allDay, rest), NOON, NOON)).isEmpty();
	}

	@Test
	void jitterPutsTheStartOffByAShareOfTheJobsOwn() {
		Due nightly = Timetable.next(job("30 2 * * *", Misfire.SKIP, Duration.ofHours(6)), NOON, NOON).orElseThrow();

		assertThat(nightly.scheduledFor()).isEqualTo("2026-11-24T01:30:00Z");
		assertThat(Duration.between(nightly.scheduledFor(), nightly.start())).isPositive()
			.isLessThan(Duration.ofHours(6));
		assertThat(Timetable.next(job("30 2 * * *", Misfire.SKIP, Duration.ofHours(6)), NOON, nightly.start()))
			.contains(nightly);
	}

	@Test
	void whatIsSuspendedOrFollowsAnotherJobHasNoTimetable() {
		Trigger suspended = new Trigger(new Start.OnSchedule(new CronSchedule("30 2 * * *", BERLIN)), true,
				Misfire.RUN_ONCE, Duration.ZERO, List.of());
		Trigger after = new Trigger(new Start.After(new JobName("other")), false, Misfire.RUN_ONCE, Duration.ZERO,
				List.of());

		assertThat(Timetable.next(job(suspended), NOON, NOON)).isEmpty();
		assertThat(Timetable.next(job(after), NOON, NOON)).isEmpty();
	}

	private static Due due(String scheduledFor, String start) {
		return new Due(Instant.parse(scheduledFor), Instant.parse(start));
	}

	private static JobDefinition job(String cron, Misfire misfire) {
		return job(cron, misfire, Duration.ZERO);
	}

	private static JobDefinition job(String cron, Misfire misfire, Duration jitter, Blackout... blackouts) {
		return job(new Trigger(new Start.OnSchedule(new CronSchedule(cron, BERLIN)), false, misfire, jitter,
				List.of(blackouts)));
	}

	private static JobDefinition job(Trigger trigger) {
		return new BackupJob(new JobName("nightly"), trigger, new Applications.All());
	}

}
