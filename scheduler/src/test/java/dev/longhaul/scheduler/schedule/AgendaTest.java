package dev.longhaul.scheduler.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.job.Applications;
import dev.longhaul.core.job.BackupJob;
import dev.longhaul.core.job.CronSchedule;
import dev.longhaul.core.job.DrillBudget;
import dev.longhaul.core.job.DrillJob;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.job.Misfire;
import dev.longhaul.core.job.MirrorJob;
import dev.longhaul.core.job.Start;
import dev.longhaul.core.job.Trigger;
import dev.longhaul.core.job.VerifyJob;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.gitops.schedule.Due;
import dev.longhaul.scheduler.run.RunCause;
import dev.longhaul.scheduler.run.RunOrder;
import dev.longhaul.scheduler.schedule.Agenda.Change.Idle;
import dev.longhaul.scheduler.schedule.Agenda.Change.Planned;
import dev.longhaul.scheduler.schedule.Agenda.Change.Removed;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AgendaTest {

	private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

	private static final Instant TONIGHT = Instant.parse("2026-11-23T02:30:00Z");

	private static final JobDefinition NIGHTLY = backup("nightly", schedule("30 2 * * *"), false);

	private final Agenda agenda = new Agenda();

	@Test
	void aJobNobodyHasRunYetIsNotCaughtUpOn() {
		assertThat(take(NIGHTLY)).containsExactly(new Planned(NIGHTLY, new Due(TONIGHT, TONIGHT)));
	}

	@Test
	void aRunThatCameDueWhileTheServerWasDownIsCaughtUpOn() {
		Instant lastNight = Instant.parse("2026-11-22T02:30:00Z");

		assertThat(agenda.take(definitions(NIGHTLY), job -> Optional.of(lastNight.minus(Duration.ofDays(1))), NOON))
			.containsExactly(new Planned(NIGHTLY, new Due(lastNight, NOON)));
	}

	@Test
	void anEditedScheduleGoesFromNowOnAndNotFromItsLastRun() {
		agenda.take(definitions(NIGHTLY), job -> Optional.of(TONIGHT.minus(Duration.ofDays(1))), NOON);
		JobDefinition edited = backup("nightly", schedule("0 10 * * *"), false);
		Instant tomorrow = Instant.parse("2026-11-23T10:00:00Z");

		assertThat(take(edited)).containsExactly(new Planned(edited, new Due(tomorrow, tomorrow)));
	}

	@Test
	void whatIsNotEditedKeepsItsPlace() {
		take(NIGHTLY);

		assertThat(take(NIGHTLY)).isEmpty();
	}

	@Test
	void aRunThatIsLookedAfterMakesRoomForTheNext() {
		take(NIGHTLY);
		Instant next = TONIGHT.plus(Duration.ofDays(1));

		assertThat(agenda.settle(NIGHTLY.name(), TONIGHT, TONIGHT.plusSeconds(600))).contains(new Due(next, next));
	}

	@Test
	void anOlderRunThatIsFinishedLateDoesNotBringANewerOneBack() {
		take(NIGHTLY);
		agenda.settle(NIGHTLY.name(), TONIGHT, TONIGHT.plusSeconds(600));
		Instant next = TONIGHT.plus(Duration.ofDays(1));

		assertThat(
				agenda.settle(NIGHTLY.name(), TONIGHT.minus(Duration.ofDays(1)), TONIGHT.plus(Duration.ofMinutes(30))))
			.contains(new Due(next, next));
	}

	@Test
	void aJobThatIsGoneHasNoNextRun() {
		take(NIGHTLY);

		assertThat(take()).containsExactly(new Removed(NIGHTLY.name()));
		assertThat(agenda.settle(NIGHTLY.name(), TONIGHT, TONIGHT)).isEmpty();
	}

	@Test
	void aSuspendedJobWaitsAndIsNotCaughtUpOnWhenItIsResumed() {
		JobDefinition suspended = backup("nightly", schedule("30 2 * * *"), true);

		assertThat(take(suspended)).containsExactly(new Idle(suspended, "suspended"));
		assertThat(agenda.take(definitions(NIGHTLY), job -> Optional.of(Instant.EPOCH), NOON))
			.containsExactly(new Planned(NIGHTLY, new Due(TONIGHT, TONIGHT)));
	}

	@Test
	void jobsThatFollowAnotherOneBeginWhenItEnds() {
		JobDefinition second = backup("second", new Start.After(NIGHTLY.name()), false);
		JobDefinition suspended = backup("third", new Start.After(NIGHTLY.name()), true);

		assertThat(take(NIGHTLY, second, suspended)).contains(new Idle(second, "after nightly"));
		assertThat(agenda.after(NIGHTLY.name())).containsExactly(second.name());
		assertThat(agenda.after(second.name())).isEmpty();
	}

	@Test
	void verificationsGoByTheClockToo() {
		JobDefinition verify = new VerifyJob(new JobName("proof"), NIGHTLY.trigger(), new Applications.All(), 1,
				"default");

		assertThat(take(verify)).containsExactly(new Planned(verify, new Due(TONIGHT, TONIGHT)));
	}

	@Test
	void mirrorsFollowNights() {
		JobDefinition mirror = mirror("to-the-nas", Misfire.RUN_ONCE);

		assertThat(take(NIGHTLY, mirror)).contains(new Idle(mirror, "after nightly"));
		assertThat(agenda.after(NIGHTLY.name())).containsExactly(mirror.name());
	}

	@Test
	void drillsGoByTheClockToo() {
		JobDefinition drill = new DrillJob(new JobName("drill"), NIGHTLY.trigger(), new Applications.All(),
				DrillBudget.USUAL);

		assertThat(take(drill)).containsExactly(new Planned(drill, new Due(TONIGHT, TONIGHT)));
	}

	@Test
	void aFollowerThatWasLostBetweenTwoRunsIsMissed() {
		Instant before = TONIGHT.minus(Duration.ofDays(1));
		take(NIGHTLY, mirror("to-the-nas", Misfire.RUN_ONCE), mirror("to-the-usb", Misfire.SKIP),
				mirror("new", Misfire.RUN_ONCE));
		Map<String, Instant> lastRuns = Map.of("nightly", TONIGHT, "to-the-nas", before, "to-the-usb", before);

		assertThat(agenda.missed(job -> Optional.ofNullable(lastRuns.get(job.value())),
				job -> Optional.ofNullable(lastRuns.get(job.value()))))
			.containsExactly(new RunOrder(new JobName("to-the-nas"), TONIGHT, new RunCause.After(NIGHTLY.name())));
	}

	@Test
	void aFollowerThatRanIsNotMissed() {
		take(NIGHTLY, mirror("to-the-nas", Misfire.RUN_ONCE));

		assertThat(agenda.missed(job -> Optional.of(TONIGHT), job -> Optional.of(TONIGHT))).isEmpty();
	}

	private List<Agenda.Change> take(JobDefinition... jobs) {
		return agenda.take(definitions(jobs), job -> Optional.empty(), NOON);
	}

	private static Definitions definitions(JobDefinition... jobs) {
		return new Definitions(List.of(), List.of(jobs));
	}

	private static Start schedule(String cron) {
		return new Start.OnSchedule(new CronSchedule(cron, ZoneOffset.UTC));
	}

	private static JobDefinition mirror(String name, Misfire misfire) {
		return new MirrorJob(new JobName(name),
				new Trigger(new Start.After(NIGHTLY.name()), false, misfire, Duration.ZERO, List.of()),
				new Applications.All(), "default", "nas");
	}

	private static JobDefinition backup(String name, Start start, boolean suspended) {
		return new BackupJob(new JobName(name),
				new Trigger(start, suspended, Misfire.RUN_ONCE, Duration.ZERO, List.of()), new Applications.All());
	}

}
