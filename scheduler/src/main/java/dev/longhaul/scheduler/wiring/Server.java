package dev.longhaul.scheduler.wiring;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import javax.sql.DataSource;

import dev.longhaul.backupstore.catalog.AuditCopies;
import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.verify.Verifier;
import dev.longhaul.batch.backup.NightListener;
import dev.longhaul.batch.drill.DrillRunListener;
import dev.longhaul.batch.launch.NightHistory;
import dev.longhaul.batch.mirror.MirrorRunListener;
import dev.longhaul.batch.quiet.QuietWindows;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.batch.verify.VerifyListener;
import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.cluster.ThrowAwayNamespaces.ThrowAway;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.job.DrillJob;
import dev.longhaul.core.job.MirrorJob;
import dev.longhaul.core.job.VerifyJob;
import dev.longhaul.gitops.repository.DefinitionRepository;
import dev.longhaul.gitops.repository.FetchBounds;
import dev.longhaul.scheduler.database.ServerDatabase;
import dev.longhaul.scheduler.access.AuditCheck;
import dev.longhaul.scheduler.access.AuditLog;
import dev.longhaul.scheduler.access.Tokens;
import dev.longhaul.scheduler.drift.DriftWatch;
import dev.longhaul.scheduler.log.LogFormat;
import dev.longhaul.scheduler.notification.Channels;
import dev.longhaul.scheduler.news.StandingWatch;
import dev.longhaul.scheduler.rest.DefinitionsInForce;
import dev.longhaul.scheduler.run.RunFloor;
import dev.longhaul.scheduler.run.RunJournal;
import dev.longhaul.scheduler.run.Runs;
import dev.longhaul.scheduler.run.Turns;
import dev.longhaul.scheduler.schedule.AlarmClock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The wired program, from the configuration file on.
 */
public final class Server implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final LonghaulProperties properties;

	private Server(ConfigurableApplicationContext context) {
		this.context = context;
		this.properties = context.getBean(LonghaulProperties.class);
	}

	/**
	 * @param file the configuration
	 * @param stop ends every wait when the program is told to stop; Spring's own shutdown
	 * hook is off, because it would close the database under the running job
	 * @throws LonghaulException if the program cannot be wired, usually because of the
	 * configuration
	 */
	public static Server open(Path file, StopSignal stop) {
		return open(lazily(), file, stop);
	}

	/**
	 * As {@link #open}, and answers over HTTP. What the configuration can get wrong is
	 * made before it listens.
	 */
	public static Server serve(Path file, StopSignal stop) {
		return open(new SpringApplicationBuilder(ServerWiring.class, AccessWiring.class, LiveWiring.class,
				MetricWiring.class, NewsWiring.class, RestWiring.class, SiteWiring.class, TraceWiring.class,
				WebWiring.class)
			.web(WebApplicationType.SERVLET), file, stop);
	}

	/**
	 * Whom the configuration tells. Nothing else of it is made, so a server may be
	 * running with it.
	 * @throws LonghaulException if the configuration is at fault
	 */
	public static Channels channels(Path file) {
		return run(lazily(), file, new StopSignal(), context -> {
			try (context) {
				return context.getBean(Channels.class);
			}
		});
	}

	private static SpringApplicationBuilder lazily() {
		return new SpringApplicationBuilder(ServerWiring.class, AccessWiring.class).web(WebApplicationType.NONE)
			.lazyInitialization(true);
	}

	private static Server open(SpringApplicationBuilder builder, Path file, StopSignal stop) {
		return run(builder, file, stop, context -> {
			Server server = new Server(context);
			server.requireSound();
			return server;
		});
	}

	private static <T> T run(SpringApplicationBuilder builder, Path file, StopSignal stop,
			Function<ConfigurableApplicationContext, T> made) {
		ConfigurationFaults.requireReadable(file);
		SpringApplicationBuilder program = builder.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.registerShutdownHook(false)
			.properties(Map.of("spring.config.location", file.toAbsolutePath().toUri().toString()))
			.initializers(context -> ((GenericApplicationContext) context).registerBean(StopSignal.class, () -> stop));
		try {
			return made.apply(program.run());
		}
		catch (RuntimeException ex) {
			Optional<LonghaulException> known = ConfigurationFaults.explain(ex, file);
			throw known.isPresent() ? known.get() : ex;
		}
	}

	/** Makes what the configuration can get wrong, and connects to nothing. */
	private void requireSound() {
		context.getBean(Verifier.class);
		context.getBean(VolumeCluster.class);
		catalog();
		context.getBean(KnownTargets.class);
		context.getBean(Channels.class);
		history();
		quietWindows();
		applications();
	}

	/**
	 * Where it answers over HTTP, with the port that is really used.
	 * @throws IllegalStateException if it does not
	 */
	public URI address() {
		if (!(context instanceof WebServerApplicationContext web) || web.getWebServer() == null) {
			throw new IllegalStateException("this server was not opened to serve");
		}
		InetAddress address = properties.server().inetAddress();
		String host = (address instanceof Inet6Address) ? "[" + address.getHostAddress() + "]"
				: address.getHostAddress();
		return URI.create("http://%s:%d/".formatted(host, web.getWebServer().getPort()));
	}

	/**
	 * The job of one night.
	 * @param stop ends it
	 */
	public NightContext night(NightPlan plan, NightListener listener, StopSignal stop) {
		return new NightContext(context, NightOrders.of(properties, plan), plan.retention(), listener, stop);
	}

	/**
	 * The job of one verification.
	 * @param applications at least one
	 * @param stop ends it
	 * @throws LonghaulException if its target is none of the configuration
	 */
	public FollowUpContext verification(List<ApplicationName> applications, VerifyJob job, VerifyListener listener,
			StopSignal stop) {
		return FollowUps.verification(context, properties, applications, job, listener, stop);
	}

	/**
	 * The job of one mirror's run.
	 * @param stop ends it
	 * @throws LonghaulException if a target of it is none of the configuration
	 */
	public FollowUpContext mirror(MirrorJob job, MirrorRunListener listener, StopSignal stop) {
		return FollowUps.mirror(context, properties, job, listener, stop);
	}

	/**
	 * The job of one drill.
	 * @param applications at least one
	 * @param stop ends it
	 */
	public FollowUpContext drill(List<ApplicationName> applications, DrillJob job, DrillRunListener listener,
			StopSignal stop) {
		return FollowUps.drill(context, properties, applications, job, listener, stop);
	}

	/**
	 * Removes what drills have left that were killed with an earlier process. To be
	 * called while none is under way.
	 * @return names of the namespaces
	 */
	public List<String> sweepDrills() {
		return FollowUps.removal(context).removeAll().stream().map(ThrowAway::namespace).toList();
	}

	/** The windows of all nights of this process. */
	public QuietWindows quietWindows() {
		return context.getBean(QuietWindows.class);
	}

	public NightHistory history() {
		return context.getBean(NightHistory.class);
	}

	/** All runs, for whoever asks. */
	public Runs runs() {
		return context.getBean(Runs.class);
	}

	/** Where runs are carried out. */
	public RunFloor floor() {
		return context.getBean(RunFloor.class);
	}

	public RunJournal journal() {
		return context.getBean(RunJournal.class);
	}

	public Turns turns() {
		return context.getBean(Turns.class);
	}

	/** Wakes the server; closed by the caller. */
	public AlarmClock alarmClock() {
		return AlarmClock.open(context.getBean(DataSource.class), properties.atOnce().runs(), clock());
	}

	public RunCatalog catalog() {
		return context.getBean(RunCatalog.class);
	}

	/** The tokens with which it is called. */
	public Tokens tokens() {
		return context.getBean(Tokens.class);
	}

	/** What was done and by whom. */
	public AuditLog auditLog() {
		return context.getBean(AuditLog.class);
	}

	/** Whether that is as it was written, here and in the bucket. */
	public AuditCheck auditCheck() {
		return new AuditCheck(auditLog(),
				new AuditCopies(context.getBean(ObjectStore.class), context.getBean(BackupstoreLayout.class),
						context.getBean(StopSignal.class), context.getBean(Seal.class)));
	}

	/** The definitions in force, as REST tells them; only of a server that serves. */
	public DefinitionsInForce definitions() {
		return context.getBean(DefinitionsInForce.class);
	}

	/** How far what runs is from what is declared. */
	public DriftWatch drift() {
		return context.getBean(DriftWatch.class);
	}

	/** Keeps everybody up to date who asks how the applications stand. */
	public StandingWatch standing() {
		return context.getBean(StandingWatch.class);
	}

	/** Of the lines it logs. */
	public LogFormat logFormat() {
		return properties.log().format();
	}

	public Clock clock() {
		return context.getBean(Clock.class);
	}

	/** Where a damaged database of runs was put; null if it was intact. */
	public @Nullable Path databasePutAside() {
		return context.getBean(ServerDatabase.class).putAside();
	}

	/** The applications that the configuration itself declares; none if Git does. */
	public List<ApplicationDefinition> applications() {
		return NightOrders.applications(properties);
	}

	/**
	 * The repository that declares applications and jobs; closed by the caller. Empty if
	 * the configuration declares the applications.
	 * @throws LonghaulException if its directory or its credentials cannot be used
	 */
	public Optional<DefinitionRepository> repository() {
		LonghaulProperties.GitSettings git = properties.git();
		return (git != null) ? Optional.of(DefinitionRepository.open(git.copyBeside(properties.database()),
				git.source(), FetchBounds.USUAL, clock())) : Optional.empty();
	}

	/** Between two looks at the repository; empty if there is none. */
	public Optional<Duration> refreshInterval() {
		return Optional.ofNullable(properties.git()).map(LonghaulProperties.GitSettings::refresh);
	}

	/** All that was wired. */
	ConfigurableApplicationContext context() {
		return context;
	}

	@Override
	public void close() {
		context.close();
	}

}
