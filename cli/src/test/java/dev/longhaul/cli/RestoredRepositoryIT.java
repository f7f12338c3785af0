package dev.longhaul.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.stream.AgeKeys;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.stream.ExportOrder;
import dev.longhaul.backupstore.stream.Identities;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.core.workload.Mount;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.gitops.repository.GitServer;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import dev.longhaul.restore.check.ApplicationChecks;
import dev.longhaul.restore.check.CheckAnswer;
import dev.longhaul.restore.check.StartedApplication;
import dev.longhaul.restore.choice.KeptBundle;
import dev.longhaul.restore.plan.PlannedRepository;
import dev.longhaul.restore.repository.RepositoryName;
import dev.longhaul.restore.repository.RepositoryOutcome;
import dev.longhaul.restore.repository.RepositoryRestore;
import dev.longhaul.restore.repository.RepositoryStanding;
import dev.longhaul.restore.repository.StoredBundles;
import dev.longhaul.simulator.ClusterPlan;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.VolumePlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The repository of a Gitea that runs in a simulated cluster, on the files of its volume:
 * commands and the bundle reach it over the Kubernetes API.
 */
class RestoredRepositoryIT {

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final Night NIGHT = Night.parse("nightly@20261122t023000z");

	private static final VolumeName VOLUME = new VolumeName("pvc-gitea");

	private static final Place PLACE = new Place(new Workload(Workload.Kind.DEPLOYMENT, "gitea", "gitea"), "gitea");

	private static final String REPOSITORY = "git/gitea-repositories/gitea_admin/homelab-gitops.git";

	@TempDir
	private Path directory;

	private SimulatedCluster cluster;

	private LonghornConnection connection;

	private StreamingStore store;

	private String recorded;

	@BeforeEach
	void start() throws IOException {
		Path work = repository();
		recorded = GitServer.run(work, "rev-parse", "HEAD").strip();
		cluster = SimulatedCluster.start(ClusterPlan.in(directory.resolve("cluster"), Clock.systemUTC()));
		cluster.createVolume(VolumePlan.of(VOLUME.value(), ByteSize.ofMebibytes(256), "gitea/gitea-shared-storage")
			.withContents(files -> GitServer.run(work, "clone", "--quiet", "--bare", "--no-hardlinks", work.toString(),
					Files.createDirectories(files.resolve(REPOSITORY)).toString())));
		cluster.kubectl().create("""
				apiVersion: apps/v1
				kind: Deployment
				metadata: {name: gitea, namespace: gitea}
				spec:
				  replicas: 1
				  selector: {matchLabels: {app: gitea}}
				  template:
				    metadata: {labels: {app: gitea}}
				    spec:
				      terminationGracePeriodSeconds: 1
				      containers:
				        - {name: gitea, image: "gitea:1.24", volumeMounts: [{name: data, mountPath: /data}]}
				      volumes:
				        - {name: data, persistentVolumeClaim: {claimName: gitea-shared-storage}}
				""");
		NightsInCluster.await("Gitea", () -> cluster.kubectl().isReady("gitea", "gitea"));
		connection = LonghornConnection.fromKubeconfig(cluster.kubeconfig(), null, CredentialPlugins.REFUSED,
				SimulatedCluster.NAMESPACE, Clock.systemUTC());
		store = Targets.open(TargetUrl.parse(Files.createDirectories(directory.resolve("bucket")).toUri().toString()),
				Map.of(), Clock.systemUTC());
	}

	@AfterEach
	void end() {
		store.close();
		connection.close();
		cluster.close();
	}

	@Test
	void theBundleServesWhereTheRestoredRepositoryIsDamagedAndNobodyReadsItOnTheWay() throws IOException {
		AgeKeys owner = AgeKeys.generate();
		KeptBundle bundle = keep(owner);
		Identities identities = Identities.read(owner.writeTo(directory.resolve("key.txt")));
		assertThat(restore(bundle, identities).standing()).isEqualTo(new RepositoryStanding.Same(recorded));
		deleteObjects();

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> restore(bundle, null))
			.withMessageContaining("'gitea' does not serve the repository: damaged: ")
			.withMessageContaining("is encrypted for [" + owner.recipient());
		RepositoryOutcome outcome = restore(bundle, identities);

		assertThat(outcome).isInstanceOf(RepositoryOutcome.Replaced.class);
		assertThat(outcome.standing()).isEqualTo(new RepositoryStanding.Same(recorded));
		assertThat(GitServer
			.run(directory, "-c", "safe.directory=*", "--git-dir", cluster.files(VOLUME).resolve(REPOSITORY).toString(),
					"rev-parse", "main")
			.strip()).isEqualTo(recorded);
		assertThat(restore(bundle, null)).as("nothing is left to do")
			.isEqualTo(new RepositoryOutcome.Kept(new RepositoryStanding.Same(recorded), null));
	}

	@Test
	void podsAreAskedWhetherTheyAreReady() {
		StartedApplication wiki = new StartedApplication(GITEA, null, List.of(new Mount(PLACE, "example.org/wiki")));

		assertThat(new ApplicationChecks(connection.workloads()).check(wiki)).containsExactly(
				new CheckAnswer.Passed("pods of deployment 'gitea' in 'gitea'", "1 of 1 ready"),
				new CheckAnswer.NotChecked("what 'gitea' holds",
						"no check is known for example.org/wiki; look at it yourself"));
	}

	@Test
	void withoutAReadyPodItIsToldHowToGoOn() throws IOException {
		KeptBundle bundle = keep(null);
		assertThat(connection.workloads().scale(PLACE.workload(), 1, 0)).isTrue();
		NightsInCluster.await("no pod", () -> connection.workloads().scale(PLACE.workload()).present() == 0);

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> restore(bundle, null))
			.withMessage("'gitea' does not serve the repository: no pod of deployment 'gitea' in 'gitea' is ready")
			.satisfies(failure -> assertThat(failure.hint()).startsWith("'longhaul exports fetch file:///bucket"
					+ " --application gitea --export repository --night 20261122t023000z --to repository.bundle'"));
	}

	/** Of more pieces than a message or a pipe holds. */
	private Path repository() throws IOException {
		Path work = Files.createDirectories(directory.resolve("work"));
		GitServer.run(work, "init", "--quiet", "--initial-branch", "main");
		byte[] content = new byte[6 * 1024 * 1024];
		new Random(5).nextBytes(content);
		Files.write(work.resolve("photo"), content);
		GitServer.run(work, "add", "--all");
		GitServer.run(work, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message",
				"all");
		return work;
	}

	private KeptBundle keep(@Nullable AgeKeys owner) throws IOException {
		Path file = directory.resolve("made.bundle");
		GitServer.run(directory.resolve("work"), "bundle", "create", "--quiet", file.toString(), "HEAD", "main");
		try (InputStream content = Files.newInputStream(file)) {
			StoredExport export = archive().keep(new ExportOrder(NIGHT, GITEA, new ExportName("repository"),
					"Git repository, one", (owner != null) ? List.of(owner.recipient()) : List.of()), content);
			return new KeptBundle(NIGHT, GITEA, export);
		}
	}

	private ExportArchive archive() {
		return new ExportArchive(store, new BackupstoreLayout(""), Pause.real(), Clock.systemUTC());
	}

	private RepositoryOutcome restore(KeptBundle bundle, @Nullable Identities identities) {
		return new RepositoryRestore(connection.workloads(), new StoredBundles(archive(), identities, soFar -> {
		}), "file:///bucket", new Patience(Duration.ofMillis(50), Duration.ZERO), Clock.systemUTC(), Pause.real())
			.restore(new PlannedRepository(GITEA, recorded, bundle), PLACE,
					RepositoryName.of("http://gitea-http.gitea.svc:3000/gitea_admin/homelab-gitops.git"));
	}

	private void deleteObjects() throws IOException {
		try (Stream<Path> objects = Files.walk(cluster.files(VOLUME).resolve(REPOSITORY).resolve("objects"))) {
			for (Path object : objects.filter(Files::isRegularFile).toList()) {
				Files.delete(object);
			}
		}
	}

}
