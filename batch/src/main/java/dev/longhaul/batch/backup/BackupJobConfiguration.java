package dev.longhaul.batch.backup;

import java.time.Clock;
import java.time.Duration;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.verify.Verifier;
import dev.longhaul.batch.check.ApplicationCheck;
import dev.longhaul.batch.quiet.QuietWindows;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.backup.BackupWitness;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.retention.DeclaredRetention;
import dev.longhaul.core.thread.Workers;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;

/**
 * The job of one night. Every step but the partitions is begun again by a restart, and
 * finds done what was done; none holds a database connection while it waits.
 */
@Configuration(proxyBeanMethods = false)
public class BackupJobConfiguration {

	/** The name of the Spring Batch job. */
	public static final String JOB = "backup";

	/** The name of the step that says what a night has come to. */
	public static final String JUDGE = "judge";

	private static final Duration RETRY_INTERVAL = Duration.ofSeconds(3);

	private final JobRepository repository;

	private final StopSignal stop;

	private final Pause pause;

	private final Clock clock;

	private final NightOrder order;

	private final NightListener listener;

	/**
	 * @param stop of this run
	 * @param pause ends early when the run is told to stop
	 */
	BackupJobConfiguration(JobRepository repository, StopSignal stop, Pause pause, Clock clock, NightOrder order,
			NightListener listener) {
		this.repository = repository;
		this.stop = stop;
		this.pause = pause;
		this.clock = clock;
		this.order = order;
		this.listener = listener;
	}

	@Bean
	Job backup(VolumeCluster cluster, ObjectStore store, BackupstoreLayout layout, BackupWitness witness,
			RunCatalog catalog, Verifier verifier, ApplicationCheck check, QuietWindows windows, ExportSources sources,
			ExportArchive archive, DeclaredRetention declared) {
		Steps steps = new Steps(repository, stop);
		PartitionOutcomes outcomes = new PartitionOutcomes(repository, order);
		Perseverance atFirst = perseverance(order.limits().retry());
		Perseverance perseverance = perseverance(order.limits().backup().silence());
		TargetBackups target = new TargetBackups(new ObjectReader(store, pause), layout);
		HistoryGuard guard = new HistoryGuard(order.guard(), new History(catalog, atFirst, listener), target,
				perseverance, listener);
		ApplicationBackup backup = applicationBackup(cluster, witness, target, perseverance,
				new Originals(cluster, atFirst, listener), guard, windows.heeding(stop, pause));
		return new JobBuilder(JOB, repository)
			.start(steps.everyTime("preflight",
					new PreflightTasklet(new Preflight(cluster, store, witness, order, atFirst, clock), order,
							listener)))
			.next(partitioned("applications",
					steps.once(PartitionOutcomes.BACK_UP, new BackUpApplicationTasklet(backup, order, listener)),
					atOnce(order.pace().applications())))
			.next(steps.everyTime("manifest",
					new WriteManifestTasklet(outcomes, cluster, catalog, order, perseverance, clock, listener)))
			.next(steps.everyTime("exports",
					new ExportTasklet(new ExportRound(sources, archive, atFirst, stop, listener), archive, catalog,
							order, perseverance, clock, listener)))
			.next(partitioned("readBacks",
					steps.once(PartitionOutcomes.READ_BACK,
							new ReadBackTasklet(new ReadBack(verifier, check, clock, listener), outcomes, order, stop,
									listener)),
					atOnce(1)))
			.next(steps.everyTime(JUDGE,
					new JudgeTasklet(outcomes, catalog, store, order, perseverance, clock, listener)))
			.next(steps.everyTime("retention",
					new ThinTasklet(
							new Thinning(cluster, store, layout, catalog, archive, declared,
									TargetUrl.parse(order.target().url()), listener, clock, pause),
							catalog, perseverance)))
			.build();
	}

	private Perseverance perseverance(Duration limit) {
		return new Perseverance(clock, pause, new Patience(RETRY_INTERVAL, limit));
	}

	private ApplicationBackup applicationBackup(VolumeCluster cluster, BackupWitness witness, TargetBackups target,
			Perseverance perseverance, Originals originals, HistoryGuard guard, QuietWindows windows) {
		SnapshotRound round = new SnapshotRound(cluster, perseverance,
				new Patience(order.pace().interval(), order.limits().snapshot()), clock, pause);
		QuietSnapshots snapshots = new QuietSnapshots(cluster, target, perseverance, round, windows, listener);
		BackupRound backups = new BackupRound(cluster, witness, perseverance, order, clock, pause, listener);
		return new ApplicationBackup(cluster, witness, target, order, perseverance, snapshots, backups, originals,
				guard, clock, listener);
	}

	private Step partitioned(String name, Step partition, TaskExecutor executor) {
		return new StepBuilder(name, repository).allowStartIfComplete(true)
			.partitioner(partition.getName(), new ApplicationPartitioner(order))
			.step(partition)
			.aggregator(new PartAggregator())
			.taskExecutor(executor)
			.build();
	}

	/** Waits for a free thread instead of queueing, and has no life of its own to end. */
	private static TaskExecutor atOnce(int threads) {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(Workers.named("application"));
		executor.setConcurrencyLimit(threads);
		return executor;
	}

}
