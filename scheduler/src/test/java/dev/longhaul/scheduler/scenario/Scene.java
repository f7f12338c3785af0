package dev.longhaul.scheduler.scenario;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.bucket.AccessKey;
import dev.longhaul.bucket.EmbeddedS3;
import dev.longhaul.core.cluster.QuietRecords;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.cluster.WorkloadCluster;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import dev.longhaul.scheduler.database.PostgresServer;
import dev.longhaul.simulator.ClusterPlan;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.VolumePlan;
import org.jspecify.annotations.Nullable;

/**
 * A cluster with volumes, a bucket, and the configuration of the program for them.
 */
public final class Scene implements AutoCloseable {

	public static final Night NIGHT = new Night(new JobName("nightly"), Instant.parse("2026-11-22T02:30:00Z"));

	/** Of the bucket. */
	public static final AccessKey KEY = new AccessKey("planted-key-7d20c4", "planted-secret-5e1f0c");

	/** Of the cluster, which lets everybody in; the program cannot know. */
	public static final String TOKEN = "planted-token-93ab61";

	static final String BUCKET = "longhorn-backups";

	static final String URL = "s3://" + BUCKET + "@eu-central-003/cluster";

	/** It logs every request as information. Kept, because loggers are held weakly. */
	private static final Logger API_LOG = Logger.getLogger("io.fabric8.mockwebserver");

	static {
		API_LOG.setLevel(Level.WARNING);
	}

	private final Path directory;

	private final EmbeddedS3 bucket;

	private final SimulatedCluster cluster;

	private final StreamingStore store;

	private final LonghornConnection connection;

	private final Map<String, List<ClaimRef>> applications = new LinkedHashMap<>();

	private final Map<String, String> patience = new LinkedHashMap<>(
			Map.of("look", "100ms", "retry", "2s", "settle", "5s", "stall", "8s", "snapshot", "1m", "silence", "10s"));

	private final Map<String, Integer> atOnce = new LinkedHashMap<>();

	private final Program program;

	private Path database;

	private Path kubeconfig;

	private URI endpoint;

	private @Nullable String repository;

	private String signing = "";

	private String mirrors = "";

	private String postgresql = "";

	private String log = "";

	private String gitCredentials = "";

	private String more = "";

	private Scene(Path directory) throws IOException {
		this.directory = directory;
		this.database = directory.resolve("longhaul");
		this.program = new Program(Files.createDirectories(directory.resolve("program")));
		this.bucket = EmbeddedS3.inDirectory(directory.resolve("bucket"), KEY);
		bucket.createBucket(BUCKET);
		this.endpoint = bucket.endpoint();
		Clock clock = Clock.systemUTC();
		this.cluster = SimulatedCluster.start(ClusterPlan.in(directory.resolve("cluster"), clock));
		this.kubeconfig = directory.resolve("kubeconfig");
		Files.writeString(kubeconfig,
				Files.readString(cluster.kubeconfig()).replace("user: {}", "user: {token: " + TOKEN + "}"));
		cluster.useTarget(URL, variables(), Duration.ofSeconds(1));
		this.store = Targets.open(TargetUrl.parse(URL), variables(), clock);
		this.connection = LonghornConnection.fromKubeconfig(kubeconfig, null, CredentialPlugins.REFUSED,
				SimulatedCluster.NAMESPACE, clock);
	}

	/** Two applications, of one volume and of two. */
	public static Scene withTwoApplications(Path directory) throws IOException {
		Scene scene = new Scene(directory);
		scene.add("vaultwarden", "data", 3);
		scene.add("gitea", "data", 5);
		scene.add("gitea", "db", 2);
		return scene;
	}

	/** As the demo has them. */
	public static Scene withThreeApplications(Path directory) throws IOException {
		Scene scene = withTwoApplications(directory);
		scene.add("nextcloud", "data", 2);
		return scene;
	}

	/** One application, of files and a database on two volumes. */
	public static Scene withACloud(Path directory) throws IOException {
		Scene scene = new Scene(directory);
		scene.add("cloud", "files", 2);
		scene.add("cloud", "db", 1);
		return scene;
	}

	/** Nothing but the cluster and the bucket. */
	public static Scene withoutApplications(Path directory) throws IOException {
		return new Scene(directory);
	}

	/**
	 * Makes the volumes of an application, detached, and has it backed up from now on.
	 * @param volumes named as {@link #volume} says
	 */
	public void add(String application, List<VolumePlan> volumes) {
		cluster.createVolumes(volumes);
		applications.put(application, volumes.stream().map(VolumePlan::claim).toList());
	}

	/** Of so many blocks of 2 MiB, about. */
	private void add(String application, String claim, int blocks) {
		ClaimRef reference = new ClaimRef(application, claim);
		VolumeName volume = volume(application, claim);
		cluster.createVolume(VolumePlan.of(volume.value(), ByteSize.ofMebibytes(32), reference.toString())
			.withContents(files -> Files.write(files.resolve("content"), noise(new Random(blocks), 2 * blocks))));
		cluster.attach(volume);
		applications.computeIfAbsent(application, name -> new ArrayList<>()).add(reference);
	}

	/** The volume of a claim. */
	public static VolumeName volume(String application, String claim) {
		return new VolumeName(application + "-" + claim);
	}

	List<ClaimRef> claims() {
		return applications.values().stream().flatMap(List::stream).toList();
	}

	int applications() {
		return applications.size();
	}

	/** Sets how long something is waited for, by its name in the configuration. */
	public void patience(String name, String duration) {
		patience.put(name, duration);
	}

	/** Sets how much is done at once, by its name in the configuration. */
	public void atOnce(String name, int count) {
		atOnce.put(name, count);
	}

	public SimulatedCluster cluster() {
		return cluster;
	}

	/** The same cluster, as production code sees it. */
	public VolumeCluster longhorn() {
		return connection.cluster();
	}

	/** What is recorded of quiet applications, as production code sees it. */
	public QuietRecords quietRecords() {
		return connection.quietRecords();
	}

	/** The cluster's workloads, as production code sees them. */
	public WorkloadCluster workloads() {
		return connection.workloads();
	}

	/** The bucket, as production code sees it. */
	public StreamingStore store() {
		return store;
	}

	/** Where the bucket answers, whatever the program was told. */
	public URI bucketEndpoint() {
		return bucket.endpoint();
	}

	/** Sends the program to another endpoint, from its next start on. */
	public void useEndpoint(URI other) {
		endpoint = other;
	}

	/** Sends the program to another cluster, from its next start on. */
	public void useKubeconfig(Path other) {
		kubeconfig = other;
	}

	/** Gives the program another database of runs, from its next start on. */
	public void useDatabase(String name) {
		database = directory.resolve(name);
	}

	/** The file of the database of runs. */
	public Path database() {
		return database.resolveSibling(database.getFileName() + ".mv.db");
	}

	/** For everything this scene keeps. */
	public Path directory() {
		return directory;
	}

	/** Runs {@link #NIGHT} to its end. */
	public Program.Ended night(String... more) throws IOException {
		return start(NIGHT, more).await();
	}

	/** Starts the program for a night, with the credentials in its environment. */
	public Program.Running start(Night night, String... more) throws IOException {
		return start(night, variables(), more);
	}

	/** Starts the program for a night, with other credentials. */
	public Program.Running start(Night night, Map<String, String> credentials, String... more) throws IOException {
		return start(credentials, "night",
				Stream.concat(Stream.of("--scheduled-for", night.scheduledFor().toString()), Stream.of(more)));
	}

	/** Has the applications declared in a repository, from the next start on. */
	public void useRepository(String url) {
		repository = url;
	}

	/**
	 * Has them read there with the credentials of a directory, from the next start on.
	 */
	public void useRepository(String url, Path credentials) {
		repository = url;
		gitCredentials = ", credentials: \"%s\"".formatted(credentials);
	}

	/** Adds settings under {@code longhaul}, from the next start on. */
	public void configure(String yaml) {
		more = yaml.indent(2);
	}

	/** Has what nights record signed, from the next start on. */
	public void sign(Path key, Path trusted) {
		signing = "  signing: {key: \"%s\", trusted: [\"%s\"]}%n".formatted(key, trusted);
	}

	/** Gives the program a mirror in a directory, from its next start on. */
	public void useMirror(String name, Path there) {
		mirrors = "  mirrors: [{name: %s, url: \"file://%s\", site: attic}]%n".formatted(name, there);
	}

	/** Has it keep what it does in a PostgreSQL instead of a file. */
	public void use(PostgresServer server) {
		postgresql = "  postgresql: {url: \"%s\", credentials: \"%s\"}%n".formatted(server.url(), server.credentials());
	}

	/**
	 * Has it log in some form, from its next start on.
	 * @param others the level of what is not ours
	 */
	public void log(String format, String others, String ours) {
		log = "  log: {format: %s}%nlogging: {level: {root: %s, dev.longhaul: %s}}%n".formatted(format, others, ours);
	}

	/** Starts the program to keep running. */
	public Program.Running startServing() throws IOException {
		return start(variables(), "serve", Stream.of());
	}

	/** Starts the program without telling it for which night. */
	public Program.Running startUnnamed() throws IOException {
		return start(variables(), "night", Stream.of());
	}

	private Program.Running start(Map<String, String> credentials, String command, Stream<String> options)
			throws IOException {
		Map<String, String> environment = new LinkedHashMap<>(credentials);
		environment.put("TZ", "UTC");
		environment.put("AWS_ENDPOINTS", endpoint.toString());
		return program.start(environment,
				Stream.concat(Stream.of(command, "--config", configuration().toString()), options)
					.toArray(String[]::new));
	}

	/** Writes something new into every volume, two blocks of it. */
	public void change(Random random) throws IOException {
		for (ClaimRef claim : claims()) {
			Files.write(cluster.files(volume(claim.namespace(), claim.name())).resolve("changed"), noise(random, 4));
		}
	}

	private static byte[] noise(Random random, int mebibytes) {
		byte[] noise = new byte[mebibytes * 1024 * 1024];
		random.nextBytes(noise);
		return noise;
	}

	private Map<String, String> variables() {
		return Map.of("AWS_ACCESS_KEY_ID", KEY.id(), "AWS_SECRET_ACCESS_KEY", KEY.secret(), "AWS_ENDPOINTS",
				bucket.endpoint().toString());
	}

	/** The configuration for one who has no environment to put credentials into. */
	public Path configurationWithCredentials() throws IOException {
		Path credentials = Files.createDirectories(directory.resolve("credentials"));
		for (Map.Entry<String, String> variable : variables().entrySet()) {
			Files.writeString(credentials.resolve(variable.getKey()), variable.getValue());
		}
		Path configuration = configuration();
		return Files.writeString(configuration, Files.readString(configuration)
			.replace("site: backblaze", "site: backblaze, credentials: \"" + credentials + '"'));
	}

	private Path configuration() throws IOException {
		StringBuilder yaml = new StringBuilder("""
				longhaul:
				  cluster: {kubeconfig: "%s", site: home}
				  target: {url: "%s", site: backblaze}
				  database: "%s"
				""".formatted(kubeconfig, URL, database));
		yaml.append(more.contains("  server:") ? "" : "  server: {port: 0}\n");
		yaml.append(declarations()).append(signing).append(mirrors).append(postgresql);
		yaml.append("  patience: %s%n".formatted(patience.toString().replace("=", ": ")));
		yaml.append("  at-once: %s%n".formatted(atOnce.toString().replace("=", ": "))).append(more).append(log);
		return Files.writeString(directory.resolve("longhaul.yaml"), yaml, StandardCharsets.UTF_8);
	}

	private String declarations() {
		if (repository != null) {
			return "  git: {url: \"%s\", refresh: 500ms%s}%n".formatted(repository, gitCredentials);
		}
		StringBuilder yaml = new StringBuilder("  applications:\n");
		applications.forEach((name, claims) -> yaml.append("  - {name: %s, claims: %s}%n".formatted(name, claims)));
		return yaml.toString();
	}

	@Override
	public void close() throws IOException {
		connection.close();
		store.close();
		cluster.close();
		bucket.close();
	}

}
