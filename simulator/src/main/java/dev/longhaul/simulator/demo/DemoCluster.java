package dev.longhaul.simulator.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.bucket.AccessKey;
import dev.longhaul.bucket.EmbeddedS3;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.simulator.ClusterPlan;
import dev.longhaul.simulator.ClusterPlan.Software;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.VolumePlan;
import dev.longhaul.simulator.git.EmbeddedGit;

/**
 * The cluster and the bucket of the demo, and the configuration that a user would write
 * for them.
 */
final class DemoCluster implements AutoCloseable {

	static final String RELEASE = "v1.12.1";

	static final List<String> NODES = List.of("node-1", "node-2", "node-3");

	static final TargetUrl.S3 TARGET = new TargetUrl.S3("demo", "embedded", "");

	private static final int SECRET_BYTES = 20;

	private static final String GIT_USER = "owner";

	private final Path directory;

	private final Clock clock;

	private final EmbeddedS3 bucket;

	private final Map<String, String> variables;

	private final SimulatedCluster cluster;

	private final List<DemoApplication> applications;

	private boolean lost;

	private DemoCluster(Path directory, Clock clock, EmbeddedS3 bucket, AccessKey key) throws IOException {
		this.directory = directory;
		this.clock = clock;
		this.bucket = bucket;
		this.variables = Map.of("AWS_ACCESS_KEY_ID", key.id(), "AWS_SECRET_ACCESS_KEY", key.secret(), "AWS_ENDPOINTS",
				bucket.endpoint().toString());
		this.cluster = SimulatedCluster
			.start(ClusterPlan.in(directory.resolve("cluster"), clock).withRelease(RELEASE).withNodes(NODES));
		this.applications = DemoApplications.all();
	}

	/**
	 * @param directory for all of it, empty
	 */
	static DemoCluster start(Path directory, Clock clock) throws IOException {
		AccessKey key = new AccessKey(random(), random());
		EmbeddedS3 bucket = EmbeddedS3.inDirectory(directory.resolve("bucket"), key);
		try {
			bucket.createBucket(TARGET.bucket());
			DemoCluster demo = new DemoCluster(directory, clock, bucket, key);
			demo.fill();
			return demo;
		}
		catch (IOException | RuntimeException ex) {
			bucket.close();
			throw ex;
		}
	}

	private void fill() {
		cluster.useTarget(TARGET.toString(), variables, Duration.ofMinutes(5));
		List<VolumePlan> volumes = applications.stream()
			.flatMap(application -> application.volumes().stream())
			.toList();
		cluster.createVolumes(volumes);
		cluster.attach(volumes.stream().map(VolumePlan::name).toList());
	}

	/** What the programs read from their environment. */
	Map<String, String> variables() {
		return variables;
	}

	/** What the repository is on. */
	VolumeName repositoryVolume() {
		return applications.stream()
			.flatMap(application -> application.volumes().stream())
			.filter(volume -> volume.claim().name().equals(DemoApplications.REPOSITORIES))
			.findAny()
			.orElseThrow()
			.name();
	}

	List<DemoApplication> applications() {
		return applications;
	}

	/**
	 * The configuration of a night.
	 * @param git that declares what is backed up
	 */
	Path writeConfiguration(EmbeddedGit git) throws IOException {
		return write(settings(git));
	}

	/**
	 * Gitea, as far as it is needed here: the repository that declares all applications,
	 * and their jobs, served from its volume.
	 */
	EmbeddedGit serveRepository() throws IOException {
		Path credentials = Files.createDirectory(gitCredentials());
		Files.writeString(credentials.resolve("username"), GIT_USER);
		String password = random();
		Files.writeString(credentials.resolve("password"), password);
		return EmbeddedGit.serve(cluster.files(repositoryVolume()).resolve(DemoRepository.PLACE), "owner/homelab.git",
				DemoRepository.files(applications), GIT_USER, password, clock);
	}

	/**
	 * The configuration of a server.
	 * @param git that declares what it does
	 * @param port where it answers
	 * @param token the file for its first token
	 */
	Path writeConfiguration(EmbeddedGit git, int port, Path token) throws IOException {
		return write(settings(git).append("""
				  server:
				    port: %d
				    first-token-file: %s
				""".formatted(port, token)));
	}

	private StringBuilder settings(EmbeddedGit git) throws IOException {
		return new StringBuilder("""
				longhaul:
				  cluster:
				    kubeconfig: %s
				    site: home
				  target:
				    url: %s
				    site: another machine, let us say
				  database: %s
				  patience:
				    look: 200ms
				  mirrors:
				    - name: %s
				      url: file://%s
				      site: home
				  git:
				    url: %s
				    credentials: %s
				    refresh: 2s
				""".formatted(cluster.kubeconfig(), TARGET, directory.resolve("runs"), DemoRepository.MIRROR,
				Files.createDirectory(directory.resolve("attic")), git.url(), gitCredentials()));
	}

	private Path write(StringBuilder yaml) throws IOException {
		return Files.writeString(directory.resolve("longhaul.yaml"), yaml);
	}

	private Path gitCredentials() {
		return directory.resolve("git-credentials");
	}

	/** Flips one bit of one block of the last application's first volume. */
	FlippedBit flipOneBit() throws IOException {
		DemoApplication last = applications.get(applications.size() - 1);
		try (ObjectStore store = Targets.open(TARGET, variables, clock)) {
			return FlippedBit.in(store, new BackupstoreLayout(TARGET.path()), last.volumes().get(0).name());
		}
	}

	void flipBack(FlippedBit bit) throws IOException {
		try (ObjectStore store = Targets.open(TARGET, variables, clock)) {
			bit.flip(store);
		}
	}

	/** The cluster is gone, with all that it held. The bucket is elsewhere. */
	void lose() throws IOException {
		lost = true;
		cluster.close();
		Demo.remove(directory.resolve("cluster"));
	}

	/** Another one with nothing in it but Argo CD; the caller closes it. */
	SimulatedCluster startEmpty() throws IOException {
		return SimulatedCluster.start(ClusterPlan.in(directory.resolve("another"), clock)
			.withRelease(RELEASE)
			.withNodes(NODES)
			.withSoftware(Software.ARGO_CD));
	}

	@Override
	public void close() throws IOException {
		try (bucket) {
			if (!lost) {
				cluster.close();
			}
		}
	}

	static String random() {
		byte[] bytes = new byte[SECRET_BYTES];
		new SecureRandom().nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

}
