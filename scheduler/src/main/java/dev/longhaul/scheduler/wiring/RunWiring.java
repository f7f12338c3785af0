package dev.longhaul.scheduler.wiring;

import java.time.Clock;

import javax.sql.DataSource;

import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.scheduler.run.RunFloor;
import dev.longhaul.scheduler.run.RunJournal;
import dev.longhaul.scheduler.run.RunObserver;
import dev.longhaul.scheduler.run.RunTallies;
import dev.longhaul.scheduler.run.Runs;
import dev.longhaul.scheduler.run.Turns;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Runs, their records, and who is told of them: every {@link RunObserver} there is.
 */
@Configuration(proxyBeanMethods = false)
class RunWiring {

	@Bean
	RunJournal runJournal(DataSource database) {
		return new RunJournal(JdbcClient.create(database));
	}

	@Bean
	RunTallies runTallies() {
		return new RunTallies();
	}

	@Bean
	RunFloor runFloor(RunJournal journal, StopSignal stop, ObjectProvider<RunObserver> observers, RunTallies tallies,
			Clock clock) {
		return new RunFloor(journal, stop, () -> observers.orderedStream().toList(), tallies, clock);
	}

	/** Whoever keeps watch opens and closes it, which is not the end of the program. */
	@Bean(destroyMethod = "")
	Runs runs(RunFloor floor, RunJournal journal) {
		return new Runs(floor, journal);
	}

	@Bean
	Turns turns(Clock clock) {
		return new Turns(clock);
	}

}
