package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.Schema;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.deploy.ArgoApplication;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.secret.SecretRef;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import dev.longhaul.longhorn.testing.ControlPlane;
import dev.longhaul.simulator.ClusterPlan;
import dev.longhaul.simulator.ClusterPlan.Software;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.kubelet.ControlPlaneKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: with its recovery kit and nothing else, a real user's lost cluster comes back in
 * one that has Argo CD alone. Method: Helm charts of its own repository are rendered for
 * real, out of the Gitea that was restored; charts of others are played. The commands are
 * those of the page that somebody reads then.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(ControlPlaneKind.class)
class RebuildIT {

	private static final Path RUNBOOK = Path.of("../docs/runbook.md");

	@TempDir
	private static Path shared;

	private static Homelab homelab;

	private final ControlPlaneKind kind;

	@TempDir
	private Path directory;

	private @Nullable ControlPlane controlPlane;

	private SimulatedCluster cluster;

	private LonghornConnection there;

	RebuildIT(ControlPlaneKind kind) {
		this.kind = kind;
	}

	@BeforeAll
	static void loseTheCluster() throws IOException {
		homelab = Homelab.lost(shared);
	}

	@AfterAll
	static void closeTheBucket() throws IOException {
		if (homelab != null) {
			homelab.close();
		}
	}

	@BeforeEach
	void startAnotherCluster() throws IOException {
		ClusterPlan plan = ClusterPlan.in(directory.resolve("new"), Clock.systemUTC()).withSoftware(Software.ARGO_CD);
		if (kind == ControlPlaneKind.KUBERNETES) {
			controlPlane = ControlPlane.startOrAbort(directory.resolve("control-plane"));
			plan = plan.withApi(controlPlane.kubeconfig());
		}
		cluster = SimulatedCluster.start(plan);
		there = LonghornConnection.fromKubeconfig(cluster.kubeconfig(), null, CredentialPlugins.REFUSED,
				SimulatedCluster.NAMESPACE, Clock.systemUTC());
	}

	@AfterEach
	void stop() {
		there.close();
		cluster.close();
		if (controlPlane != null) {
			controlPlane.close();
		}
	}

	@Test
	void everyApplicationIsHealthyAgainOnItsRestoredVolumes() throws IOException {
		for (String line : commands()) {
			Outcome told = new Cli().inRealTime().run(onThisMachine(line));
			assertThat(told.status()).as(line + told.out() + told.errors()).isZero();
			assertNoSecret(told);
		}
		Outcome run = run();

		assertThat(run.status()).as(run.out() + run.errors()).isZero();
		assertThat(Schema.of("restore-run").violations(run.out())).isEmpty();
		assertThat(run.json().at("/whole").asBoolean()).isTrue();
		assertThat(run.errors()).contains("repository: ");
		assertThat(run.json().at("/volumes")).allSatisfy(volume -> assertThat(volume.get("milliseconds").asLong())
			.as("restored by the commands of the page, and not again")
			.isZero());
		assertThat(applications()).hasSize(13).allSatisfy(application -> {
			assertThat(application.standing()).as(application.toString()).isEqualTo("Synced, Healthy");
			assertThat(application.underWay()).as(application.toString()).isFalse();
			assertThat(application.paused()).isFalse();
		});
		for (Map.Entry<String, Map<VolumeName, String>> application : Homelab.VOLUMES.entrySet()) {
			for (VolumeName volume : application.getValue().keySet()) {
				assertThat(cluster.contentHash(volume)).as(volume.value())
					.isEqualTo(cluster.contentHash(volume, backup(application.getKey(), volume)));
			}
		}
		assertThat(there.cluster().volumes()).as("but for valkey's, all are restored").hasSize(7);
		assertThat(there.namedSecrets()
			.find(new SecretRef("nextcloud", "nextcloud-db-credentials"))
			.orElseThrow()
			.data()
			.get("username")
			.revealText()).isEqualTo(Homelab.WORD + "username");
		assertNoSecret(run);
	}

	/** Those of the page for three in the morning. */
	private static List<String> commands() throws IOException {
		List<String> commands = Files.readAllLines(RUNBOOK)
			.stream()
			.filter(line -> line.startsWith("$ longhaul "))
			.map(line -> line.substring("$ longhaul ".length()))
			.toList();
		assertThat(commands).hasSize(4);
		return commands;
	}

	private String[] onThisMachine(String command) throws IOException {
		String words = command.replace("kit.age", homelab.kit() + " --passphrase-file " + homelab.passphrase())
			.replace("new-cluster.yaml", cluster.kubeconfig().toString());
		return (words.startsWith("restore run") ? words + " --keep-in " + directory : words).split(" ");
	}

	private BackupName backup(String application, VolumeName volume) {
		return new Night(new JobName(application + "-nightly"), Homelab.NIGHT)
			.backupName(new ApplicationName(application), volume);
	}

	private void assertNoSecret(Outcome run) throws IOException {
		assertThat(Stream.concat(Stream.of(run.out(), run.errors()), kept().stream()))
			.noneMatch(output -> output.contains(Homelab.WORD) || output.contains(homelab.bucketSecret())
					|| output.contains(Homelab.PASSPHRASE));
	}

	/** Plan and journal. */
	private List<String> kept() throws IOException {
		List<String> kept = new ArrayList<>();
		try (Stream<Path> files = Files.list(directory)) {
			for (Path file : files.filter(each -> each.getFileName().toString().startsWith("restore-")).toList()) {
				kept.add(Files.readString(file));
			}
		}
		return kept;
	}

	private List<ArgoApplication> applications() {
		return there.argoApplications("argocd").list().orElseThrow();
	}

	private Outcome run() throws IOException {
		return new Cli().inRealTime()
			.run("restore", "run", "--kit", homelab.kit().toString(), "--passphrase-file",
					homelab.passphrase().toString(), "--kubeconfig", cluster.kubeconfig().toString(), "--keep-in",
					directory.toString(), "--output", "json");
	}

}
