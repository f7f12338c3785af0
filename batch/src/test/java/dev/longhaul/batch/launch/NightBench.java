package dev.longhaul.batch.launch;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.inventory.BackupstoreWitness;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.verify.Verifier;
import dev.longhaul.batch.backup.BackupJobConfiguration;
import dev.longhaul.batch.backup.ClockworkCluster;
import dev.longhaul.batch.backup.MemoryBucket;
import dev.longhaul.batch.backup.ExportSources;
import dev.longhaul.batch.backup.NightEvent;
import dev.longhaul.batch.backup.NightListener;
import dev.longhaul.batch.backup.NightOrder;
import dev.longhaul.batch.backup.VirtualTime;
import dev.longhaul.batch.check.ApplicationCheck;
import dev.longhaul.batch.quiet.Patient;
import dev.longhaul.batch.quiet.QuietWindows;
import dev.longhaul.batch.quiet.Waits;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.VolumeSelector;
import dev.longhaul.core.backup.BackupWatch;
import dev.longhaul.core.backup.BackupWitness;
import dev.longhaul.core.cluster.DeclaredObjects;
import dev.longhaul.core.export.Dump;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.ExportPlan;
import dev.longhaul.core.export.ExportSource;
import dev.longhaul.core.export.InForce;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.export.RepositoryBundles;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.guard.Accepted;
import dev.longhaul.core.guard.Guard;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.profile.Check;
import dev.longhaul.core.profile.Profile;
import dev.longhaul.core.retention.DeclaredRetention;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.batch.core.configuration.support.JdbcDefaultBatchConfiguration;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A cluster, a bucket and a database that outlive the starts of a night on them.
 */
final class NightBench {

	static final Night NIGHT = new Night(new JobName("nightly"), Instant.parse("2026-11-22T02:30:00Z"));

	/** Of a Gitea that is made quiet. */
	static final JsonObject DECLARED = JsonObject
		.of(Map.of("namespace", "gitea", "profile", Map.of("steps", List.of())));

	final VirtualTime time = new VirtualTime(NIGHT.scheduledFor().plusMillis(300));

	final BackupstoreLayout layout = new BackupstoreLayout("path/");

	final MemoryBucket bucket = new MemoryBucket(time);

	final ClockworkCluster cluster = new ClockworkCluster(bucket, layout, time);

	final Patient workloads = new Patient(time);

	final RunCatalog catalog = new RunCatalog(bucket, layout, time, Seal.none());

	/** What commands print, by their first word; any other ends with 1. */
	final Map<String, byte[]> printed = new ConcurrentHashMap<>();

	/** What is declared in namespaces. */
	DeclaredObjects objects = (namespaces) -> new DeclaredObjects.Listing("nothing", 0,
			new InForce(List.of(), List.of()));

	/** The repository that declares the applications. */
	RepositoryBundles repository = () -> new RepositoryBundles.Bundle("nowhere", InputStream.nullInputStream());

	final List<NightEvent> events = new CopyOnWriteArrayList<>();

	final JdbcTemplate jdbc;

	private final JdbcConnectionPool database;

	/** What the application's own check says. */
	ApplicationCheck check = (point, checks) -> List.of();

	/** What is declared of keeping, whenever it is asked for. */
	DeclaredRetention retention = DeclaredRetention.NONE;

	private Guard guard = new Guard(Guard.USUAL_SHRINK, Accepted.NOTHING);

	private NightOrder order = order(2);

	NightBench(Path directory) {
		this.database = JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("longhaul"), "sa", "");
		this.jdbc = new JdbcTemplate(database);
		new ResourceDatabasePopulator(new ClassPathResource("org/springframework/batch/core/schema-h2.sql"))
			.execute(database);
		cluster.add("pvc-vaultwarden", "vaultwarden/data");
		cluster.add("pvc-gitea", "gitea/data");
		cluster.add("pvc-gitea-db", "gitea/db");
	}

	void close() {
		database.dispose();
	}

	NightEnd run() {
		return run(NIGHT);
	}

	/** The same for another night. */
	NightEnd run(Night night) {
		return run(night, (event) -> {
		}, new StopSignal());
	}

	/** One start of the program: recovers, then runs the night or what is left of it. */
	NightEnd run(Consumer<NightEvent> onEvent, StopSignal stop) {
		return run(NIGHT, onEvent, stop);
	}

	NightEnd run(Night night, Consumer<NightEvent> onEvent, StopSignal stop) {
		return withProgram(onEvent, stop, (program) -> {
			program.windows().releaseLeftovers(warning -> events.add(new NightEvent.Warned(warning)));
			program.history().recover();
			return program.launcher().run(night);
		});
	}

	<T> T withProgram(Consumer<NightEvent> onEvent, StopSignal stop, Function<Wired, T> work) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			NightListener listener = (event) -> {
				events.add(event);
				onEvent.accept(event);
			};
			context.registerBean(DataSource.class, () -> database);
			context.registerBean("transactionManager", PlatformTransactionManager.class,
					() -> new JdbcTransactionManager(database));
			context.registerBean(ClockworkCluster.class, () -> cluster);
			context.registerBean(MemoryBucket.class, () -> bucket);
			context.registerBean(BackupstoreLayout.class, () -> layout);
			context.registerBean(BackupWitness.class, () -> new BackupstoreWitness(bucket, layout, time, time));
			context.registerBean(RunCatalog.class, () -> catalog);
			context.registerBean(Verifier.class, () -> new Verifier(bucket, layout, time, time, Concurrency.DEFAULT));
			context.registerBean(ApplicationCheck.class, () -> check);
			context.registerBean(StopSignal.class, () -> stop);
			context.registerBean("time", VirtualTime.class, () -> time, (definition) -> definition.setPrimary(true));
			context.registerBean(NightOrder.class, () -> order);
			context.registerBean(NightListener.class, () -> listener);
			context.registerBean(DeclaredRetention.class, () -> name -> retention.of(name));
			context.registerBean(QuietWindows.class, () -> new QuietWindows(workloads, workloads, "bench", stop,
					new Waits(time, time, time, Duration.ofMinutes(1))));
			context.registerBean(ExportSources.class, () -> new ExportSources(this::stream, objects, repository));
			context.registerBean(ExportArchive.class, () -> new ExportArchive(bucket, layout, time, time));
			context.register(JdbcDefaultBatchConfiguration.class, BackupJobConfiguration.class);
			context.refresh();
			JobOperator operator = context.getBean(JobOperator.class);
			return work.apply(new Wired(new NightHistory(operator, context.getBean(JobRepository.class), time),
					new NightLauncher(operator, context.getBean(Job.class)), context.getBean(QuietWindows.class)));
		}
	}

	/** What one start of the program has. */
	record Wired(NightHistory history, NightLauncher launcher, QuietWindows windows) {
	}

	/**
	 * Works on one application after the other from now on, so that one thread alone
	 * moves the clock.
	 */
	void oneAfterTheOther() {
		order = order(1);
	}

	/** Gitea's volumes are those with a label from now on, whichever they are. */
	void chooseGiteaByLabel() {
		order = order(2, new ApplicationDefinition(new ApplicationName("gitea"),
				List.of(new VolumeSelector.ByLabels("gitea", Map.of("app", "gitea"))), List.of()));
	}

	/** Somebody has said from now on that this is meant to be so. */
	void accept(Accepted accepted) {
		guard = new Guard(Guard.USUAL_SHRINK, accepted);
		order = order(2);
	}

	/** Gitea's data are checked from now on. */
	void checkGitea(Check declared, ApplicationCheck executor) {
		check = executor;
		order = order(1,
				new ApplicationDefinition(new ApplicationName("gitea"),
						Stream.of("gitea/data", "gitea/db")
							.<VolumeSelector>map(claim -> new VolumeSelector.ByClaim(ClaimRef.parse(claim)))
							.toList(),
						List.of(), null, List.of(declared), ExportPlan.NONE, null));
	}

	/** Gitea is made quiet from now on. */
	void quietGitea(Profile profile) {
		order = order(1, new ApplicationDefinition(new ApplicationName("gitea"),
				Stream.of("gitea/data", "gitea/db")
					.<VolumeSelector>map(claim -> new VolumeSelector.ByClaim(ClaimRef.parse(claim)))
					.toList(),
				List.copyOf(profile.workloads()), profile, List.of(), ExportPlan.NONE, DECLARED));
	}

	/** Gitea exports what commands print from now on. */
	void exportOfGitea(List<Recipient> recipients, String... commands) {
		Place place = new Place(new Workload(Workload.Kind.DEPLOYMENT, "gitea", "gitea"), null);
		exportOfGitea(recipients,
				Stream.of(commands)
					.<ExportSource>map(command -> new Dump(new ExportName(command), "output of " + command, place,
							List.of(command), Duration.ofHours(1)))
					.toList());
	}

	/** Gitea exports these from now on. */
	void exportOfGitea(List<Recipient> recipients, List<ExportSource> sources) {
		order = order(1, application("gitea", "gitea/data", "gitea/db").exporting(new ExportPlan(recipients, sources)));
	}

	private InputStream stream(Place place, List<String> command, Duration timeout) {
		byte[] output = printed.get(command.get(0));
		if (output == null) {
			throw new RefusedRequest(FailureCode.EXPORT_FAILED, command.get(0) + " ended with 1", "run it by hand");
		}
		return new ByteArrayInputStream(output);
	}

	private NightOrder order(int applicationsAtOnce) {
		return order(applicationsAtOnce, application("gitea", "gitea/data", "gitea/db"));
	}

	private NightOrder order(int applicationsAtOnce, ApplicationDefinition gitea) {
		return new NightOrder(List.of(application("vaultwarden", "vaultwarden/data"), gitea), null,
				new NightOrder.Target("default", "s3://bucket@region/", "far away"), "home",
				new NightOrder.Pace(applicationsAtOnce, 1, Duration.ofSeconds(2)),
				new NightOrder.Limits(Duration.ofMinutes(5), Duration.ofMinutes(1), new BackupWatch.Bounds(
						Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofHours(6))),
				guard);
	}

	private static ApplicationDefinition application(String name, String... claims) {
		return ApplicationDefinition.ofClaims(new ApplicationName(name),
				List.of(claims).stream().map(ClaimRef::parse).toList());
	}

	<E extends NightEvent> List<E> events(Class<E> type) {
		return events.stream().filter(type::isInstance).map(type::cast).toList();
	}

}
