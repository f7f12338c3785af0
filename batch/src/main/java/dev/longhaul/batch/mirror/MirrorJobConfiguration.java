package dev.longhaul.batch.mirror;

import java.time.Clock;
import java.time.Duration;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.mirror.Mirror;
import dev.longhaul.batch.backup.Steps;
import dev.longhaul.batch.backup.Perseverance;
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
 * The job of one mirror's run. Its one step is begun again by a restart, and finds done
 * what was done; it holds no database connection while it waits.
 */
@Configuration(proxyBeanMethods = false)
public class MirrorJobConfiguration {

	/** The name of the Spring Batch job. */
	public static final String JOB = "mirror";

	/** The name of its last step. */
	public static final String COPY = "copy";

	private static final Duration RETRY_INTERVAL = Duration.ofSeconds(3);

	private final JobRepository repository;

	private final StopSignal stop;

	private final Pause pause;

	private final Clock clock;

	private final MirrorOrder order;

	private final MirrorRunListener listener;

	/**
	 * @param stop of this run
	 * @param pause ends early when the run is told to stop
	 */
	MirrorJobConfiguration(JobRepository repository, StopSignal stop, Pause pause, Clock clock, MirrorOrder order,
			MirrorRunListener listener) {
		this.repository = repository;
		this.stop = stop;
		this.pause = pause;
		this.clock = clock;
		this.order = order;
		this.listener = listener;
	}

	@Bean
	Job mirror(RunCatalog catalog) {
		Perseverance perseverance = new Perseverance(clock, pause, new Patience(RETRY_INTERVAL, order.retry()));
		Mirror mirror = new Mirror(order.from().side(), order.to().side(), order.settings(), clock, pause);
		Tasklet copy = new MirrorTasklet(order, new MirroredVolumes(catalog, order.from().side()), mirror,
				new MirrorRecords(catalog, order, perseverance, clock), perseverance, stop, listener);
		return new JobBuilder(JOB, repository).start(new Steps(repository, stop).everyTime(COPY, copy)).build();
	}

}
