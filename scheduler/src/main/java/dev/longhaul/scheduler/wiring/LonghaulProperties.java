package dev.longhaul.scheduler.wiring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.signature.SigningKey;
import dev.longhaul.backupstore.signature.TrustedKeys;
import dev.longhaul.batch.check.Scratch;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.gitops.repository.GitCredentials;
import dev.longhaul.gitops.repository.GitSource;
import dev.longhaul.scheduler.database.PostgresLogin;
import dev.longhaul.scheduler.log.LogFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Everything under {@code longhaul} in the configuration file. A name that is not known
 * is refused: a setting with a typing error would silently not hold.
 *
 * @param mirrors other targets, by whose names jobs copy to them
 * @param database the file of the database of runs, without its ending; what else the
 * server keeps on its disk lies beside it
 * @param postgresql the database instead of that file; null for the file
 * @param git where applications and jobs are declared; null if the applications are
 * listed here
 * @param signing of what is written into the bucket beside Longhorn's data; null to leave
 * it unsigned
 * @param traces where runs are told as traces; null if nowhere
 */
@ConfigurationProperties(prefix = "longhaul", ignoreUnknownFields = false)
public record LonghaulProperties(ClusterSettings cluster, TargetSettings target, List<MirrorSettings> mirrors,
		Path database, @Nullable PostgresSettings postgresql, @Nullable GitSettings git,
		@Nullable SigningSettings signing, List<ApplicationSettings> applications, ChecksSettings checks, AtOnce atOnce,
		PatienceSettings patience, GuardSettings guards, ServerSettings server, NotificationSettings notifications,
		LogSettings log, @Nullable TraceSettings traces) {

	public LonghaulProperties(@DefaultValue ClusterSettings cluster, @Nullable TargetSettings target,
			@DefaultValue List<MirrorSettings> mirrors, @Nullable Path database, @Nullable PostgresSettings postgresql,
			@Nullable GitSettings git, @Nullable SigningSettings signing,
			@DefaultValue List<ApplicationSettings> applications, @DefaultValue ChecksSettings checks,
			@DefaultValue AtOnce atOnce, @DefaultValue PatienceSettings patience, @DefaultValue GuardSettings guards,
			@DefaultValue ServerSettings server, @DefaultValue NotificationSettings notifications,
			@DefaultValue LogSettings log, @Nullable TraceSettings traces) {
		this.cluster = cluster;
		this.target = required("target", target);
		this.mirrors = List.copyOf(mirrors);
		this.database = required("database", database);
		this.postgresql = postgresql;
		this.git = git;
		this.signing = signing;
		this.applications = List.copyOf(applications);
		this.checks = checks;
		this.atOnce = atOnce;
		this.patience = patience;
		this.guards = guards;
		this.server = server;
		this.notifications = notifications;
		this.log = log;
		this.traces = traces;
		if (git == null && applications.isEmpty()) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"neither longhaul.git nor longhaul.applications is set",
					"name the Git repository that declares the applications, or list them");
		}
		if (git != null && !applications.isEmpty()) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"both longhaul.git and longhaul.applications are set",
					"declare the applications in Git and remove them here");
		}
	}

	/**
	 * @param kubeconfig a file; null in a pod, whose service account is used then
	 * @param context of the kubeconfig; null for its current one
	 * @param namespace where Longhorn is installed
	 * @param site where the cluster is, in the user's words; null if not declared
	 */
	public record ClusterSettings(@Nullable Path kubeconfig, @Nullable String context, String namespace,
			@Nullable String site) {

		public ClusterSettings(@Nullable Path kubeconfig, @Nullable String context,
				@DefaultValue("longhorn-system") String namespace, @Nullable String site) {
			this.kubeconfig = kubeconfig;
			this.context = context;
			this.namespace = namespace;
			this.site = site;
		}

	}

	/**
	 * @param name of Longhorn's backup target
	 * @param url as Longhorn's backup target has it
	 * @param credentials a directory with one file per variable, named as in the Secret
	 * of Longhorn's backup target; null to take them from the environment
	 * @param site where the bucket is, in the user's words; null if not declared
	 */
	public record TargetSettings(String name, String url, @Nullable Path credentials, @Nullable String site) {

		public TargetSettings(@DefaultValue("default") String name, @Nullable String url, @Nullable Path credentials,
				@Nullable String site) {
			this.name = name;
			this.url = required("target.url", url);
			this.credentials = credentials;
			this.site = site;
		}

	}

	/**
	 * @param name by which jobs know it
	 * @param url as Longhorn would have it as a backup target
	 * @param credentials a directory with one file per variable; null to take them from
	 * the environment
	 * @param site where it is, in the user's words; null if not declared
	 */
	public record MirrorSettings(String name, String url, @Nullable Path credentials, @Nullable String site) {

		public MirrorSettings(@Nullable String name, @Nullable String url, @Nullable Path credentials,
				@Nullable String site) {
			this.name = required("mirrors[].name", name);
			this.url = required("mirrors[].url", url);
			this.credentials = credentials;
			this.site = site;
		}

	}

	/**
	 * @param url as PostgreSQL's JDBC driver has it, without user and password
	 * @param credentials a directory with the files {@code username} and {@code password}
	 */
	public record PostgresSettings(String url, Path credentials) {

		public PostgresSettings(@Nullable String url, @Nullable Path credentials) {
			this.url = required("postgresql.url", url);
			this.credentials = required("postgresql.credentials", credentials);
		}

		PostgresLogin login() {
			return PostgresLogin.read(url, credentials);
		}

	}

	/**
	 * @param url of the repository, over HTTP, HTTPS or SSH
	 * @param branch null for the repository's own default
	 * @param credentials a directory as a Secret is mounted: user and token, or a private
	 * key and known hosts; null to take a token from the environment, or none
	 * @param copy a directory for our own copy; null for one beside the database
	 * @param refresh between two looks for a new commit
	 */
	public record GitSettings(String url, @Nullable String branch, @Nullable Path credentials, @Nullable Path copy,
			Duration refresh) {

		public GitSettings(@Nullable String url, @Nullable String branch, @Nullable Path credentials,
				@Nullable Path copy, @DefaultValue("1m") Duration refresh) {
			this.url = required("git.url", url);
			this.branch = branch;
			this.credentials = credentials;
			this.copy = copy;
			this.refresh = refresh;
			requirePositive("git.refresh", refresh);
		}

		GitSource source() {
			return new GitSource(url, branch, GitCredentials.read(credentials, System.getenv()));
		}

		Path copyBeside(Path database) {
			return (copy != null) ? copy : database.resolveSibling(database.getFileName() + "-git");
		}

	}

	/**
	 * @param key a file with the private key
	 * @param trusted files with the public keys that are believed, that of {@code key}
	 * among them
	 */
	public record SigningSettings(Path key, List<Path> trusted) {

		public SigningSettings(@Nullable Path key, @DefaultValue List<Path> trusted) {
			this.key = required("signing.key", key);
			this.trusted = List.copyOf(trusted);
			if (trusted.isEmpty()) {
				throw missing("signing.trusted");
			}
		}

		Seal seal() {
			return Seal.of(SigningKey.read(key), TrustedKeys.read(trusted));
		}

	}

	/**
	 * @param claims {@code namespace/name} each
	 */
	public record ApplicationSettings(String name, List<String> claims) {

		public ApplicationSettings(@Nullable String name, @DefaultValue List<String> claims) {
			this.name = required("applications[].name", name);
			this.claims = List.copyOf(claims);
		}

	}

	/**
	 * @param scratch a directory for volumes that are put together; null for one beside
	 * the database
	 * @param scratchLimit of what one volume may take there, with the files taken out of
	 * it
	 * @param timeout of the checks of one volume
	 */
	public record ChecksSettings(@Nullable Path scratch, DataSize scratchLimit, Duration timeout) {

		public ChecksSettings(@Nullable Path scratch, @DefaultValue("16GB") DataSize scratchLimit,
				@DefaultValue("30m") Duration timeout) {
			this.scratch = scratch;
			this.scratchLimit = scratchLimit;
			this.timeout = timeout;
			requirePositive("checks.timeout", timeout);
			if (scratchLimit.isNegative()) {
				throw wrong("checks.scratch-limit", "a size such as 16GB");
			}
		}

		Scratch scratchBeside(Path database) {
			Path directory = (scratch != null) ? scratch : database.resolveSibling(database.getFileName() + "-scratch");
			return new Scratch(directory.toAbsolutePath(), new ByteSize(scratchLimit.toBytes()));
		}

	}

	/**
	 * @param runs of different jobs under way at once
	 * @param applications worked on at once by one run
	 * @param volumes of one application backed up at once
	 * @param blocks read back at once
	 */
	public record AtOnce(@DefaultValue("2") int runs, @DefaultValue("2") int applications,
			@DefaultValue("2") int volumes, @DefaultValue("8") int blocks) {

		/** Each is a thread, a connection or a buffer of some megabytes. */
		private static final int MOST = 256;

		/** For the launch of a run and for Spring Batch's own bookkeeping. */
		private static final int SPARE_CONNECTIONS = 4;

		/** It looks for alarms, and for late ones, on threads of its own. */
		private static final int QUARTZ_CONNECTIONS = 3;

		public AtOnce {
			requirePlausible("at-once.runs", runs);
			requirePlausible("at-once.applications", applications);
			requirePlausible("at-once.volumes", volumes);
			requirePlausible("at-once.blocks", blocks);
		}

		/** What all runs and Quartz need of the database, besides those who ask it. */
		int connections() {
			return runs * (applications + SPARE_CONNECTIONS) + QUARTZ_CONNECTIONS;
		}

		private static void requirePlausible(String name, int value) {
			if (value < 1 || value > MOST) {
				throw wrong(name, "1 to %d, not %d".formatted(MOST, value));
			}
		}

	}

	/**
	 * @param look between two looks at the cluster
	 * @param snapshot until all snapshots of an application are ready
	 * @param retry for a call that fails for the moment, before anything is begun
	 * @param stall of a backup that shows no sign of life
	 * @param settle between Longhorn's report of completion and the manifest
	 * @param silence of the cluster or the bucket later on
	 * @param backup for one whole backup
	 */
	public record PatienceSettings(@DefaultValue("2s") Duration look, @DefaultValue("5m") Duration snapshot,
			@DefaultValue("1m") Duration retry, @DefaultValue("5m") Duration stall, @DefaultValue("5m") Duration settle,
			@DefaultValue("10m") Duration silence, @DefaultValue("24h") Duration backup) {

		public PatienceSettings {
			requirePositive("patience.look", look);
			requirePositive("patience.snapshot", snapshot);
			requirePositive("patience.retry", retry);
			requirePositive("patience.stall", stall);
			requirePositive("patience.settle", settle);
			requirePositive("patience.silence", silence);
			requirePositive("patience.backup", backup);
		}

	}

	/**
	 * @param shrink by how many percent what a volume holds may shrink from one restore
	 * point to the next
	 */
	public record GuardSettings(@DefaultValue("50") int shrink) {

		public GuardSettings {
			if (shrink < 1 || shrink > 99) {
				throw wrong("guards.shrink", "1 to 99 percent, not %d".formatted(shrink));
			}
		}

	}

	/**
	 * @param format of the lines that a server logs
	 */
	public record LogSettings(LogFormat format) {

		public LogSettings(@DefaultValue("text") LogFormat format) {
			this.format = format;
		}

	}

	private static void requirePositive(String name, Duration value) {
		if (value.isZero() || value.isNegative()) {
			throw wrong(name, "a duration above zero, not %s".formatted(value));
		}
	}

	private static <T> T required(String name, @Nullable T value) {
		if (value == null) {
			throw missing(name);
		}
		return value;
	}

	private static RefusedRequest wrong(String name, String expected) {
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION, "longhaul.%s must be %s".formatted(name, expected),
				"correct it in the configuration file");
	}

	private static RefusedRequest missing(String name) {
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION, "longhaul.%s is not set".formatted(name),
				"add it to the configuration file; docs/configuration.md shows a whole one");
	}

}
