package dev.longhaul.batch.launch;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.inventory.Inventory;
import dev.longhaul.backupstore.mirror.Healing;
import dev.longhaul.backupstore.mirror.Mirror;
import dev.longhaul.backupstore.mirror.Side;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.backupstore.verify.Verifier;
import dev.longhaul.batch.backup.MemoryBucket;
import dev.longhaul.batch.backup.VirtualTime;
import dev.longhaul.batch.mirror.MirrorEvent;
import dev.longhaul.batch.mirror.MirrorJobConfiguration;
import dev.longhaul.batch.mirror.MirrorOrder;
import dev.longhaul.batch.mirror.MirrorRunListener;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.batch.verify.VerifyEvent;
import dev.longhaul.batch.verify.VerifyJobConfiguration;
import dev.longhaul.batch.verify.VerifyListener;
import dev.longhaul.batch.verify.VerifyOrder;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.job.Applications;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import org.springframework.batch.core.configuration.support.JdbcDefaultBatchConfiguration;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Starts what follows nights, on the database and the bucket of a {@link NightBench}.
 */
final class FollowUpBench {

	static final Night VERIFICATION = new Night(new JobName("proof"), NightBench.NIGHT.scheduledFor());

	static final Night MIRRORING = new Night(new JobName("to-the-nas"), NightBench.NIGHT.scheduledFor());

	static final String NAS = "file:///mnt/nas";

	final List<VerifyEvent> verifyEvents = new CopyOnWriteArrayList<>();

	final List<MirrorEvent> mirrorEvents = new CopyOnWriteArrayList<>();

	final BackupstoreLayout layoutThere = new BackupstoreLayout("copy/");

	final MemoryBucket copy;

	private final NightBench bench;

	FollowUpBench(NightBench bench) {
		this.bench = bench;
		this.copy = new MemoryBucket(bench.time);
	}

	/** One start of the program that verifies, or goes on with it. */
	NightEnd verify(int restorePoints, Consumer<VerifyEvent> onEvent, StopSignal stop) {
		Verifier verifier = new Verifier(bench.bucket, bench.layout, bench.time, bench.time, Concurrency.DEFAULT);
		VerifyOrder order = new VerifyOrder(Stream.of("gitea", "vaultwarden").map(ApplicationName::new).toList(),
				restorePoints, new VerifyOrder.Place(verifier, new Inventory(bench.bucket, bench.layout), null),
				Duration.ofMinutes(1));
		return start(VERIFICATION, VerifyJobConfiguration.class, VerifyJobConfiguration.RECORD, stop, context -> {
			context.registerBean(VerifyOrder.class, () -> order);
			context.registerBean(VerifyListener.class, () -> event -> {
				verifyEvents.add(event);
				onEvent.accept(event);
			});
		});
	}

	/** One start of the program that mirrors, or goes on with it. */
	NightEnd mirror(Applications applications, StopSignal stop) {
		return mirror(MIRRORING, applications, stop);
	}

	/** The run after it. */
	NightEnd mirrorTheNextDay() {
		bench.time.of(Duration.ofDays(1));
		return mirror(new Night(MIRRORING.job(), MIRRORING.scheduledFor().plus(Duration.ofDays(1))),
				new Applications.All(), new StopSignal());
	}

	private NightEnd mirror(Night run, Applications applications, StopSignal stop) {
		MirrorOrder order = new MirrorOrder(applications,
				new MirrorOrder.End("default", "s3://bucket@region/", "object storage", "far away",
						new Side(bench.bucket, bench.layout)),
				new MirrorOrder.End("nas", NAS, "file system", "attic", new Side(copy, layoutThere)),
				Mirror.Settings.of(Concurrency.DEFAULT, Healing.TRUST_LISTING, Seal.none()), Duration.ofMinutes(1));
		return start(run, MirrorJobConfiguration.class, MirrorJobConfiguration.COPY, stop, context -> {
			context.registerBean(MirrorOrder.class, () -> order);
			context.registerBean(MirrorRunListener.class, () -> mirrorEvents::add);
		});
	}

	private NightEnd start(Night run, Class<?> job, String lastStep, StopSignal stop,
			Consumer<AnnotationConfigApplicationContext> order) {
		DataSource database = Objects.requireNonNull(bench.jdbc.getDataSource());
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBean(DataSource.class, () -> database);
			context.registerBean("transactionManager", PlatformTransactionManager.class,
					() -> new JdbcTransactionManager(database));
			context.registerBean(RunCatalog.class, () -> bench.catalog);
			context.registerBean(StopSignal.class, () -> stop);
			context.registerBean("time", VirtualTime.class, () -> bench.time,
					definition -> definition.setPrimary(true));
			order.accept(context);
			context.register(JdbcDefaultBatchConfiguration.class, job);
			context.refresh();
			JobOperator operator = context.getBean(JobOperator.class);
			Clock clock = bench.time;
			new NightHistory(operator, context.getBean(JobRepository.class), clock).recover();
			return new NightLauncher(operator, context.getBean(Job.class), lastStep).run(run);
		}
	}

	<E extends VerifyEvent> List<E> events(Class<E> type) {
		return verifyEvents.stream().filter(type::isInstance).map(type::cast).toList();
	}

}
