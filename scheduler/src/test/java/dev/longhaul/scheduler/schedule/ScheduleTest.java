package dev.longhaul.scheduler.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
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
import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.run.RunCause;
import dev.longhaul.scheduler.run.RunOrder;
import dev.longhaul.scheduler.run.RunOutcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScheduleTest {

	private static final JobName NIGHTLY = new JobName("nightly");

	private static final JobName MIRROR = new JobName("to-the-nas");

	private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

	private static final Instant TONIGHT = Instant.parse("2026-11-23T02:30:00Z");

	private static final RunOrder TONIGHTS = new RunOrder(NIGHTLY, TONIGHT, new RunCause.ByTheClock());

	private final VirtualAlarm alarm = new VirtualAlarm(NOON);

	private final List<RunOrder> begun = new ArrayList<>();

	private final List<String> said = new ArrayList<>();

	private RunOutcome outcome = new RunOutcome.Proven();

	private final Schedule schedule = schedule(new NothingPast());

	@Test
	void whatFollowsANightBeginsWhenItEndsWhateverCameOfIt() {
		outcome = new RunOutcome.Failed(FailureCode.CLUSTER_UNREACHABLE, "no answer", "wait");
		schedule.take(Declared.jobs(nightly(Misfire.RUN_ONCE), mirror(false)));

		alarm.passUntil(TONIGHT.plusSeconds(60));

		assertThat(begun).containsExactly(TONIGHTS, new RunOrder(MIRROR, TONIGHT, new RunCause.After(NIGHTLY)));
	}

	@Test
	void nothingFollowsARunThatSomebodyHasCancelledButTheNextNight() {
		outcome = new RunOutcome.Cancelled("ada");
		schedule.take(Declared.jobs(nightly(Misfire.RUN_ONCE), mirror(false)));

		alarm.passUntil(TONIGHT.plus(Duration.ofHours(25)));

		assertThat(begun).extracting(RunOrder::job).containsExactly(NIGHTLY, NIGHTLY);
	}

	@Test
	void aRunThatWasInterruptedIsNotOver() {
		outcome = new RunOutcome.Interrupted();
		schedule.take(Declared.jobs(nightly(Misfire.RUN_ONCE), mirror(false)));

		alarm.passUntil(TONIGHT.plus(Duration.ofHours(25)));

		assertThat(begun).containsExactly(TONIGHTS);
	}

	@Test
	void aRunByHandLeavesTheNightWhereItIs() {
		schedule.take(Declared.jobs(nightly(Misfire.RUN_ONCE), mirror(true)));
		RunOrder byHand = new RunOrder(NIGHTLY, NOON, new RunCause.ByHand("ada"));

		schedule.begin(byHand);
		alarm.passUntil(TONIGHT.plusSeconds(60));

		assertThat(begun).containsExactly(byHand, TONIGHTS);
	}

	@Test
	void aNightThatAMachineHasSleptThroughRunsOnceIfItsPolicySaysSo() {
		schedule.take(Declared.jobs(nightly(Misfire.RUN_ONCE)));

		alarm.sleepUntil(TONIGHT.plus(Duration.ofHours(27)));
		alarm.passUntil(TONIGHT.plus(Duration.ofHours(28)));

		assertThat(begun)
			.containsExactly(new RunOrder(NIGHTLY, TONIGHT.plus(Duration.ofDays(1)), new RunCause.CaughtUp()));
	}

	@Test
	void aNightThatAMachineHasSleptThroughIsLeftOutIfItsPolicySaysSo() {
		schedule.take(Declared.jobs(nightly(Misfire.SKIP)));

		alarm.sleepUntil(TONIGHT.plus(Duration.ofHours(3)));
		alarm.passUntil(TONIGHT.plus(Duration.ofHours(25)));

		assertThat(begun).extracting(RunOrder::scheduledFor).containsExactly(TONIGHT.plus(Duration.ofDays(1)));
		assertThat(said).contains("nightly: the run of 2026-11-23 02:30 could not begin in time, and is left out");
	}

	@Test
	void anAlarmThatCouldNotBeKeptIsSetAtTheNextLook() {
		schedule.take(Declared.jobs(mirror(false)));
		alarm.fail();
		schedule.take(Declared.jobs(nightly(Misfire.RUN_ONCE), mirror(false)));
		assertThat(said).contains("nightly: its alarm could not be set, which is tried again: the disk is full");
		alarm.recover();

		schedule.take(Declared.jobs(nightly(Misfire.RUN_ONCE), mirror(false)));
		alarm.passUntil(TONIGHT.plusSeconds(60));

		assertThat(begun).extracting(RunOrder::job).containsExactly(NIGHTLY, MIRROR);
	}

	@Test
	void whatIsSuspendedOrGoneDoesNotBegin() {
		schedule.take(Declared.jobs(nightly(Misfire.RUN_ONCE), mirror(false)));
		schedule.take(Declared.jobs(mirror(true)));

		alarm.passUntil(TONIGHT.plus(Duration.ofDays(2)));

		assertThat(begun).isEmpty();
	}

	@Test
	void whatWasInterruptedGoesOnAndWhatWasLostAfterItBegins() {
		Instant lastNight = TONIGHT.minus(Duration.ofDays(1));
		RunOrder resumed = new RunOrder(NIGHTLY, lastNight, new RunCause.Recovered());
		RunOrder waiting = new RunOrder(MIRROR, NOON.minusSeconds(60), new RunCause.ByHand("ada"));
		Schedule restarted = schedule(new NothingPast() {
			@Override
			public Optional<Instant> newestByItself(JobName job) {
				return Optional.of(lastNight);
			}

			@Override
			public Optional<RunOrder> interrupted(JobName job) {
				return job.equals(NIGHTLY) ? Optional.of(resumed) : Optional.empty();
			}

			@Override
			public List<RunOrder> waiting() {
				return List.of(waiting);
			}
		});

		restarted.take(Declared.jobs(nightly(Misfire.RUN_ONCE), mirror(false)));
		alarm.passUntil(NOON.plusSeconds(60));

		assertThat(begun).containsExactlyInAnyOrder(resumed, waiting,
				new RunOrder(MIRROR, lastNight, new RunCause.After(NIGHTLY)));
	}

	@Test
	void onlyWhatIsDeclaredIsStarted() {
		schedule.take(Declared.jobs(nightly(Misfire.SKIP), new DrillJob(new JobName("drill"), onSchedule(Misfire.SKIP),
				new Applications.All(), DrillBudget.USUAL)));

		schedule.requireStartable(NIGHTLY);
		schedule.requireStartable(new JobName("drill"));
		assertThatThrownBy(() -> schedule.requireStartable(MIRROR))
			.isInstanceOfSatisfying(RefusedRequest.class,
					refused -> assertThat(refused.code()).isEqualTo(FailureCode.JOB_NOT_FOUND))
			.hasMessageEndingWith("declares no job 'to-the-nas'");
	}

	private Schedule schedule(PastRuns past) {
		return new Schedule(alarm, past, (order, inForce) -> {
			begun.add(order);
			return outcome;
		}, said::add, alarm, ZoneOffset.UTC);
	}

	private static JobDefinition nightly(Misfire misfire) {
		return new BackupJob(NIGHTLY, onSchedule(misfire), new Applications.All());
	}

	private static Trigger onSchedule(Misfire misfire) {
		return new Trigger(new Start.OnSchedule(new CronSchedule("30 2 * * *", ZoneOffset.UTC)), false, misfire,
				Duration.ZERO, List.of());
	}

	private static JobDefinition mirror(boolean suspended) {
		return new MirrorJob(MIRROR,
				new Trigger(new Start.After(NIGHTLY), suspended, Misfire.RUN_ONCE, Duration.ZERO, List.of()),
				new Applications.All(), "default", "nas");
	}

}
