package dev.longhaul.batch.verify;

import java.time.Clock;
import java.time.Duration;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.batch.backup.NightParameters;
import dev.longhaul.batch.backup.Perseverance;
import dev.longhaul.batch.backup.Steps;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The job of one verification: a step per application, done once and for all when it
 * completes, and one that records what all of them have shown. None holds a database
 * connection while it waits.
 */
@Configuration(proxyBeanMethods = false)
public class VerifyJobConfiguration {

	/** The name of the Spring Batch job. */
	public static final String JOB = "verify";

	/** The name of its last step. */
	public static final String RECORD = "record";

	private static final Duration RETRY_INTERVAL = Duration.ofSeconds(3);

	private final JobRepository repository;

	private final StopSignal stop;

	private final Pause pause;

	private final Clock clock;

	private final VerifyOrder order;

	private final VerifyListener listener;

	/**
	 * @param stop of this run
	 * @param pause ends early when the run is told to stop
	 */
	VerifyJobConfiguration(JobRepository repository, StopSignal stop, Pause pause, Clock clock, VerifyOrder order,
			VerifyListener listener) {
		this.repository = repository;
		this.stop = stop;
		this.pause = pause;
		this.clock = clock;
		this.order = order;
		this.listener = listener;
	}

	@Bean
	Job verify(RunCatalog catalog) {
		Perseverance perseverance = new Perseverance(clock, pause, new Patience(RETRY_INTERVAL, order.retry()));
		EarlierPoints points = new EarlierPoints(catalog, order, perseverance, listener);
		PointReading reading = new PointReading(order.place().verifier(), clock);
		Steps steps = new Steps(repository, stop);
		SimpleJobBuilder job = new JobBuilder(JOB, repository).start(steps.everyTime("begin", this::begin));
		for (ApplicationName application : order.applications()) {
			job = job.next(steps.once(KeptReadings.step(application),
					new ReadPointsTasklet(application, points, reading, stop, clock, listener)));
		}
		return job.next(steps.everyTime(RECORD, new RecordReadingsTasklet(new KeptReadings(repository, order), catalog,
				order, perseverance, clock, listener)))
			.build();
	}

	private RepeatStatus begin(StepContribution contribution, ChunkContext context) {
		listener.on(new VerifyEvent.Begun(NightParameters.night(contribution.getStepExecution().getJobParameters()),
				order.applications()));
		return RepeatStatus.FINISHED;
	}

}
