package dev.longhaul.scheduler.wiring;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

import javax.sql.DataSource;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.export.Export;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.inventory.BackupstoreWitness;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.TargetVariables;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.backupstore.verify.Verifier;
import dev.longhaul.batch.backup.ExportSources;
import dev.longhaul.batch.check.ApplicationCheck;
import dev.longhaul.batch.check.BucketCheck;
import dev.longhaul.batch.check.Scratch;
import dev.longhaul.batch.launch.NightHistory;
import dev.longhaul.batch.quiet.QuietWindows;
import dev.longhaul.batch.quiet.Waits;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.backup.BackupWitness;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.export.RepositoryBundles;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.time.Pause;
import dev.longhaul.gitops.repository.FetchBounds;
import dev.longhaul.gitops.repository.WholeRepository;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import dev.longhaul.scheduler.database.EmbeddedDatabase;
import dev.longhaul.scheduler.database.PostgresDatabase;
import dev.longhaul.scheduler.database.ServerDatabase;
import dev.longhaul.scheduler.drift.DriftWatch;
import dev.longhaul.scheduler.metric.StoreMeters;
import dev.longhaul.scheduler.run.RunTallies;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.batch.core.configuration.support.JdbcDefaultBatchConfiguration;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Everything that all nights share. Nothing here opens a connection to cluster or bucket:
 * a target that is down fails the night, not the start.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LonghaulProperties.class)
@Import({ JdbcDefaultBatchConfiguration.class, LedgerWiring.class, NotificationWiring.class, RunWiring.class })
class ServerWiring {

	/** For pages and calls of the server. */
	private static final int ASKING_CONNECTIONS = 8;

	private final LonghaulProperties properties;

	ServerWiring(LonghaulProperties properties) {
		this.properties = properties;
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	ServerDatabase database(Clock clock) {
		int connections = properties.atOnce().connections() + ASKING_CONNECTIONS;
		LonghaulProperties.PostgresSettings postgresql = properties.postgresql();
		if (postgresql != null) {
			return PostgresDatabase.open(postgresql.login(), connections);
		}
		return EmbeddedDatabase.open(properties.database(), connections, clock);
	}

	/** Closed with the database, which has something to give up before. */
	@Bean(destroyMethod = "")
	DataSource dataSource(ServerDatabase database) {
		return database.dataSource();
	}

	@Bean
	PlatformTransactionManager transactionManager(DataSource dataSource) {
		return new JdbcTransactionManager(dataSource);
	}

	@Bean
	LonghornConnection connection(Clock clock) {
		LonghaulProperties.ClusterSettings cluster = properties.cluster();
		Path kubeconfig = cluster.kubeconfig();
		return (kubeconfig != null)
				? LonghornConnection.fromKubeconfig(kubeconfig, cluster.context(), CredentialPlugins.REFUSED,
						cluster.namespace(), clock)
				: LonghornConnection.inCluster(System.getenv(), cluster.namespace(), clock);
	}

	@Bean
	VolumeCluster cluster(LonghornConnection connection) {
		return connection.cluster();
	}

	/** After the database: only one process at a time has it, and so this name. */
	@Bean
	QuietWindows quietWindows(LonghornConnection connection, ServerDatabase database, StopSignal stop, Clock clock) {
		return new QuietWindows(connection.workloads(), connection.quietRecords(),
				InstallationName.beside(properties.database()), stop,
				new Waits(clock, stop, Pause.real(), properties.patience().retry()));
	}

	@Bean
	TargetUrl targetUrl() {
		return TargetUrl.parse(properties.target().url());
	}

	@Bean
	StreamingStore store(TargetUrl url, Clock clock, StoreMeters meters) {
		Map<String, String> variables = TargetVariables.read(properties.target().credentials(),
				"longhaul.target.credentials", System.getenv());
		return Targets.open(url, variables, clock, meters.of(properties.target().name()));
	}

	@Bean
	BackupstoreLayout layout(TargetUrl url) {
		return new BackupstoreLayout(url.path());
	}

	@Bean
	BackupWitness witness(ObjectStore store, BackupstoreLayout layout, Clock clock, StopSignal stop) {
		return new BackupstoreWitness(store, layout, clock, stop);
	}

	@Bean
	Seal seal() {
		LonghaulProperties.SigningSettings signing = properties.signing();
		return (signing != null) ? signing.seal() : Seal.none();
	}

	@Bean
	RunCatalog catalog(ObjectStore store, BackupstoreLayout layout, StopSignal stop, Seal seal) {
		return new RunCatalog(store, layout, stop, seal);
	}

	@Bean
	KnownTargets knownTargets() {
		return KnownTargets.of(properties, System.getenv());
	}

	@Bean
	ExportSources exportSources(LonghornConnection connection, Clock clock) {
		return new ExportSources(connection.commands(), connection.declaredObjects(), repositoryBundles(clock));
	}

	private RepositoryBundles repositoryBundles(Clock clock) {
		LonghaulProperties.GitSettings git = properties.git();
		if (git != null) {
			return new WholeRepository(git.copyBeside(properties.database()), git.source(), FetchBounds.WHOLE, clock);
		}
		return () -> {
			throw new RefusedRequest(FailureCode.EXPORT_FAILED, "no Git repository declares the applications",
					"set longhaul.git in the configuration, or leave 'repository' out of the exports");
		};
	}

	@Bean
	ExportArchive exports(StreamingStore store, BackupstoreLayout layout, Clock clock, StopSignal stop) {
		return new ExportArchive(store, layout, stop, clock);
	}

	@Bean
	Verifier verifier(ObjectStore store, BackupstoreLayout layout, Clock clock, StopSignal stop) {
		return new Verifier(store, layout, clock, stop, new Concurrency(properties.atOnce().blocks()));
	}

	/**
	 * What a killed process has left in the scratch directory goes before anything else.
	 */
	@Bean
	ApplicationCheck applicationCheck(ObjectStore store, BackupstoreLayout layout, Clock clock, StopSignal stop) {
		Scratch scratch = properties.checks().scratchBeside(properties.database());
		scratch.sweep();
		Export export = new Export(store, layout, stop, new Concurrency(properties.atOnce().blocks()));
		return new BucketCheck(export, scratch, properties.checks().timeout(), clock);
	}

	@Bean
	NightHistory history(JobOperator operator, JobRepository repository, Clock clock) {
		return new NightHistory(operator, repository, clock);
	}

	@Bean
	PrometheusMeterRegistry meters() {
		return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
	}

	@Bean
	StoreMeters storeMeters(MeterRegistry meters, RunTallies runs) {
		return new StoreMeters(meters, runs);
	}

	@Bean
	DriftWatch driftWatch(LonghornConnection connection, VolumeCluster cluster, RunCatalog catalog,
			MeterRegistry meters, Clock clock) {
		return new DriftWatch(connection, cluster, catalog, meters, clock);
	}

}
