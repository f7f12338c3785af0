package dev.longhaul.scheduler.schedule;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import dev.longhaul.core.job.Applications;
import dev.longhaul.core.job.BackupJob;
import dev.longhaul.core.job.CronSchedule;
import dev.longhaul.core.job.Misfire;
import dev.longhaul.core.job.Start;
import dev.longhaul.core.job.Trigger;
import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.database.EmbeddedDatabase;
import dev.longhaul.scheduler.run.RunCause;
import dev.longhaul.scheduler.run.RunId;
import dev.longhaul.scheduler.run.RunOrder;
import dev.longhaul.scheduler.run.RunOutcome;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Quartz on a real database, closed and opened again as by a restart.
 */
class AlarmClockTest {

	private static final Clock CLOCK = Clock.systemUTC();

	private static final JobName NIGHTLY = new JobName("nightly");

	private static final JobName HOURLY = new JobName("hourly");

	private static final DateTimeFormatter DAILY = DateTimeFormatter.ofPattern("m H '* * *'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	/** While the server was down. */
	private final Instant due = CLOCK.instant().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.MINUTES);

	@TempDir
	private Path directory;

	private final List<RunOrder> woken = new CopyOnWriteArrayList<>();

	@Test
	void remembersItsAlarmsFromOneStartToTheNext() {
		RunOrder order = new RunOrder(NIGHTLY, due, new RunCause.ByHand("ada"),
				new RunId("01936b2e-9c40-7000-8000-000000000001"));
		RunOrder after = new RunOrder(HOURLY, due, new RunCause.After(NIGHTLY));
		opened(alarm -> {
			alarm.set(order, due);
			alarm.set(after, CLOCK.instant().plusSeconds(1));
		});

		opened(alarm -> {
			alarm.start(woken::add);
			awaiting().until(() -> woken.size() == 2);
		});

		assertThat(woken).containsExactlyInAnyOrder(order, after);
		opened(alarm -> {
			alarm.start(woken::add);
			nothingMore(2);
		});
	}

	@Test
	void wakesForSeveralJobsAtOnceAndForOneJobOnceAtATime() {
		CountDownLatch bothRun = new CountDownLatch(2);
		CountDownLatch goOn = new CountDownLatch(1);
		opened(alarm -> {
			alarm.start(order -> {
				woken.add(order);
				bothRun.countDown();
				try {
					goOn.await();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			});
			alarm.set(order(NIGHTLY, new RunCause.ByTheClock()), due);
			alarm.set(order(HOURLY, new RunCause.ByTheClock()), due);
			awaiting().until(() -> bothRun.getCount() == 0);
			alarm.set(order(NIGHTLY, new RunCause.ByHand("ada")), due);
			nothingMore(2);
			goOn.countDown();
			awaiting().until(() -> woken.size() == 3);
		}, 3);

		assertThat(woken.get(2)).isEqualTo(order(NIGHTLY, new RunCause.ByHand("ada")));
	}

	@Test
	void whatWakesAJobMayBeSetAnewWhileTheJobRuns() {
		RunOrder next = new RunOrder(NIGHTLY, due.plusSeconds(1), new RunCause.ByTheClock());
		opened(alarm -> {
			alarm.start(order -> {
				woken.add(order);
				if (woken.size() == 1) {
					alarm.set(next, CLOCK.instant());
				}
			});
			alarm.set(order(NIGHTLY, new RunCause.ByTheClock()), due);
			awaiting().until(() -> woken.size() == 2);
		});

		assertThat(woken).containsExactly(order(NIGHTLY, new RunCause.ByTheClock()), next);
	}

	@Test
	void whatIsForgottenWakesNobody() {
		opened(alarm -> {
			alarm.set(order(NIGHTLY, new RunCause.ByTheClock()), due);
			alarm.set(order(HOURLY, new RunCause.After(NIGHTLY)), due);
			alarm.set(order(HOURLY, new RunCause.ByHand("ada")), due);
			alarm.forgetAllBut(Set.of(NIGHTLY));
			alarm.forget(NIGHTLY);
			alarm.start(woken::add);
			awaiting().until(() -> woken.size() == 1);
			nothingMore(1);
		});

		assertThat(woken).containsExactly(order(HOURLY, new RunCause.ByHand("ada")));
	}

	@Test
	void aRunThatWasMissedInADowntimeOfThreeHoursIsCaughtUpOnOnce() {
		opened(alarm -> alarm.set(order(NIGHTLY, new RunCause.ByTheClock()), due));

		opened(alarm -> {
			schedule(alarm, due).take(Declared.jobs(daily(Misfire.RUN_ONCE)));
			awaiting().until(() -> woken.size() == 1);
			nothingMore(1);
		});

		assertThat(woken).containsExactly(order(NIGHTLY, new RunCause.CaughtUp()));
	}

	@Test
	void aRunThatWasMissedInADowntimeOfThreeHoursIsLeftOutIfItsPolicySaysSo() {
		opened(alarm -> alarm.set(order(NIGHTLY, new RunCause.ByTheClock()), due));

		opened(alarm -> {
			schedule(alarm, due).take(Declared.jobs(daily(Misfire.SKIP)));
			nothingMore(0);
		});
	}

	@Test
	void nothingBeginsByADefinitionThatWasChangedInADowntime() {
		JobName gone = new JobName("gone");
		opened(alarm -> {
			alarm.set(order(NIGHTLY, new RunCause.ByTheClock()), CLOCK.instant().plusSeconds(1));
			alarm.set(order(gone, new RunCause.After(NIGHTLY)), due);
		});

		opened(alarm -> {
			schedule(alarm, due.plus(Duration.ofDays(1))).take(Declared.jobs(daily(Misfire.RUN_ONCE)));
			nothingMore(0);
		});
	}

	/**
	 * @param missed a run of the day before is the newest that is remembered
	 */
	private Schedule schedule(Alarm alarm, Instant missed) {
		PastRuns past = new NothingPast() {
			@Override
			public Optional<Instant> newestByItself(JobName job) {
				return Optional.of(missed.minus(Duration.ofDays(1)));
			}
		};
		return new Schedule(alarm, past, (order, inForce) -> {
			woken.add(order);
			return new RunOutcome.Proven();
		}, line -> {
		}, CLOCK, ZoneOffset.UTC);
	}

	private BackupJob daily(Misfire misfire) {
		return new BackupJob(NIGHTLY,
				new Trigger(new Start.OnSchedule(new CronSchedule(DAILY.format(due), ZoneOffset.UTC)), false, misfire,
						Duration.ZERO, List.of()),
				new Applications.All());
	}

	private RunOrder order(JobName job, RunCause cause) {
		return new RunOrder(job, due, cause);
	}

	private void opened(Use use) {
		opened(use, 2);
	}

	private void opened(Use use, int atOnce) {
		try (EmbeddedDatabase database = EmbeddedDatabase.open(directory.resolve("longhaul"), 10, CLOCK);
				AlarmClock alarm = AlarmClock.open(database.dataSource(), atOnce, CLOCK)) {
			use.of(alarm);
		}
	}

	private void nothingMore(int expected) {
		Awaitility.await()
			.during(Duration.ofSeconds(3))
			.atMost(Duration.ofSeconds(20))
			.until(() -> woken.size() == expected);
	}

	private static ConditionFactory awaiting() {
		return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
	}

	/** What is done while it is open. */
	private interface Use {

		void of(AlarmClock alarm);

	}

}
