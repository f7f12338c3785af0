package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.simulator.ClusterPlan;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.VolumePlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Against the simulated cluster, over HTTP.
 */
class InitFromClusterIT {

	private static final Path PAGE = Path.of("../docs/definitions.md");

	private static final Path EXAMPLE = Path.of("../gitops/src/test/resources/app-of-apps");

	@TempDir
	private static Path shared;

	private static SimulatedCluster cluster;

	@TempDir
	private Path clone;

	@BeforeAll
	static void deployAnApplication() throws IOException {
		cluster = SimulatedCluster.start(ClusterPlan.in(shared.resolve("cluster"), Clock.systemUTC()));
		cluster.createVolumes(List.of(VolumePlan.of("files", ByteSize.ofMebibytes(64), "cloud/nextcloud-nextcloud"),
				VolumePlan.of("tables", ByteSize.ofMebibytes(64), "cloud/data-nextcloud-mariadb-0")));
		cluster.kubectl()
			.create("""
					apiVersion: v1
					kind: PersistentVolumeClaim
					metadata: {name: on-another-disk, namespace: cloud}
					spec: {accessModes: [ReadWriteOnce], storageClassName: local, resources: {requests: {storage: 1Gi}}}
					---
					apiVersion: apps/v1
					kind: Deployment
					metadata: {name: nextcloud, namespace: cloud, labels: {app.kubernetes.io/instance: nextcloud}}
					spec:
					  replicas: 0
					  selector: {matchLabels: {app: nextcloud}}
					  template:
					    metadata: {labels: {app: nextcloud}}
					    spec:
					      containers:
					        - {name: nextcloud, image: "nextcloud:31.0.8", volumeMounts: [{name: files, mountPath: /var/www}]}
					      volumes:
					        - {name: files, persistentVolumeClaim: {claimName: nextcloud-nextcloud}}
					---
					apiVersion: apps/v1
					kind: StatefulSet
					metadata: {name: nextcloud-mariadb, namespace: cloud, labels: {app.kubernetes.io/instance: nextcloud}}
					spec:
					  serviceName: nextcloud-mariadb
					  replicas: 0
					  selector: {matchLabels: {app: mariadb}}
					  template:
					    metadata: {labels: {app: mariadb}}
					    spec:
					      containers:
					        - {name: mariadb, image: "bitnami/mariadb:11.4", volumeMounts: [{name: data, mountPath: /bitnami}]}
					  volumeClaimTemplates:
					    - metadata: {name: data}
					      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
					""");
	}

	@AfterAll
	static void stop() {
		if (cluster != null) {
			cluster.close();
		}
	}

	@Test
	void declaresWhatRunsAndWhatTheRepositoryAddsAsTheDocumentationSays() throws IOException {
		copyTheExample();

		Outcome done = init();
		Outcome again = init();

		assertThat(done.status()).as(done.errors()).isZero();
		assertThat(Files.readString(PAGE))
			.contains("```yaml\n# longhaul/applications/nextcloud.yaml, from the cluster\n"
					+ Files.readString(clone.resolve("longhaul/applications/nextcloud.yaml")) + "```");
		assertThat(clone.resolve("longhaul/applications/database.yaml")).exists();
		assertThat(done.out()).doesNotContain("on-another-disk");
		assertThat(new Cli().run("jobs", "validate", clone.toString()).out())
			.startsWith("● 2 applications, 2 jobs: all sound\n");
		assertThat(again.out()).isEqualTo("● nothing to change: it is so already in " + clone + "\n");
	}

	private Outcome init() {
		return new Cli().run("gitops", "init", "--repo", clone.toString(), "--kubeconfig",
				cluster.kubeconfig().toString());
	}

	private void copyTheExample() throws IOException {
		try (Stream<Path> files = Files.walk(EXAMPLE)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path copy = clone.resolve(EXAMPLE.relativize(file).toString());
				Files.createDirectories(copy.getParent());
				Files.copy(file, copy);
			}
		}
	}

}
