package dev.longhaul.scheduler.schedule;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.database.PostgresDatabase;
import dev.longhaul.scheduler.database.PostgresLogin;
import dev.longhaul.scheduler.database.PostgresServer;
import dev.longhaul.scheduler.run.RunCause;
import dev.longhaul.scheduler.run.RunOrder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Quartz on a PostgreSQL, which several may share. */
class AlarmClockOnPostgresIT {

	private static final Clock CLOCK = Clock.systemUTC();

	private static final Instant DUE = Instant.parse("2026-11-22T02:30:00Z");

	@Test
	void anAlarmWakesOneOfThoseWhoShareTheDatabase() throws IOException {
		List<RunOrder> woken = new CopyOnWriteArrayList<>();
		try (PostgresServer server = PostgresServer.create();
				PostgresDatabase database = PostgresDatabase
					.open(PostgresLogin.read(server.url(), server.credentials()), 15);
				AlarmClock one = AlarmClock.open(database.dataSource(), 2, CLOCK);
				AlarmClock other = AlarmClock.open(database.dataSource(), 2, CLOCK)) {
			one.start(woken::add);
			other.start(woken::add);

			for (int job = 0; job < 10; job++) {
				one.set(new RunOrder(new JobName("job-" + job), DUE, new RunCause.ByTheClock()), DUE);
			}

			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> woken.size() >= 10);
			Awaitility.await()
				.during(Duration.ofSeconds(3))
				.atMost(Duration.ofSeconds(20))
				.until(() -> woken.size() == 10);
			assertThat(woken).doesNotHaveDuplicates();
		}
	}

}
