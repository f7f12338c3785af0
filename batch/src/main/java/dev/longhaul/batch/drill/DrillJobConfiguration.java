package dev.longhaul.batch.drill;

import java.time.Clock;
import java.time.Duration;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.batch.backup.Perseverance;
import dev.longhaul.batch.backup.Steps;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The job of one drill. Its one step goes on with the application that was under way.
 */
@Configuration(proxyBeanMethods = false)
public class DrillJobConfiguration {

	/** The name of the Spring Batch job. */
	public static final String JOB = "drill";

	/** The name of its last step. */
	public static final String REHEARSE = "rehearse";

	private static final Duration RETRY_INTERVAL = Duration.ofSeconds(3);

	private final JobRepository repository;

	private final StopSignal stop;

	private final Pause pause;

	private final Clock clock;

	private final DrillOrder order;

	private final DrillRunListener listener;

	/**
	 * @param stop of this run
	 * @param pause ends early when the run is told to stop
	 */
	DrillJobConfiguration(JobRepository repository, StopSignal stop, Pause pause, Clock clock, DrillOrder order,
			DrillRunListener listener) {
		this.repository = repository;
		this.stop = stop;
		this.pause = pause;
		this.clock = clock;
		this.order = order;
		this.listener = listener;
	}

	@Bean
	Job drill(RunCatalog catalog) {
		Perseverance perseverance = new Perseverance(clock, pause, new Patience(RETRY_INTERVAL, order.retry()));
		Tasklet rehearse = new DrillTasklet(order, new StartRecords(catalog, perseverance, clock), stop, pause, clock,
				listener);
		return new JobBuilder(JOB, repository).start(new Steps(repository, stop).once(REHEARSE, rehearse)).build();
	}

}
