package dev.longhaul.simulator.argo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.marcnuri.helm.Helm;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.Backup;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.simulator.ClusterPlan;
import dev.longhaul.simulator.ClusterPlan.Software;
import dev.longhaul.simulator.ClusterSession;
import dev.longhaul.simulator.SharedClusters.Bucket;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.VolumePlan;
import dev.longhaul.simulator.control.Stored;
import dev.longhaul.simulator.git.EmbeddedGit;
import dev.longhaul.simulator.secret.VaultItems;
import dev.longhaul.simulator.testing.Programs;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The repository of a real user, as it was published: its cluster is lost, and comes back
 * in an empty one by hand, in the order that its owner wrote down.
 */
class HomelabIT {

	private static final String GIT = "git/gitea-repositories/gitea_admin/homelab-gitops.git";

	private static final String ITEM = "aaaabbbb-cccc-dddd-eeee-000011112222";

	/** Volumes by their names, with the claims on them. */
	private static final Map<String, String> VOLUMES = new TreeMap<>(Map.of("pvc-gitea-shared-storage",
			"gitea/gitea-shared-storage", "pvc-postgresql", "gitea/pvc-data-gitea-postgresql", "pvc-vaultwarden",
			"vaultwarden/vaultwarden-data", "pvc-nextcloud", "nextcloud/nextcloud-data", "pvc-nextcloud-db",
			"nextcloud/nextcloud-db", "pvc-ignition", "ignition/data-ignition-0"));

	@TempDir
	Path directory;

	private Path homelab;

	@BeforeEach
	void needWhatItTakes() {
		Programs.requireSandboxes();
		Programs.require("git");
		homelab = homelabOrAbort();
	}

	@Test
	void everyApplicationIsHealthyAgainOnItsRestoredVolumes() throws Exception {
		try (Bucket bucket = Bucket.start(directory.resolve("bucket"))) {
			Map<String, BackupName> backups = loseCluster(bucket);
			ClusterPlan plan = ClusterPlan.in(directory.resolve("new"), Clock.systemUTC())
				.withSoftware(Software.ARGO_CD);
			try (SimulatedCluster cluster = SimulatedCluster.start(plan)) {
				Applications applications = new Applications(cluster.client());
				apply(cluster.client(), bootstrap(bucket));
				applications.awaitState("apps", "Unknown Unknown");
				assertThat(applications.status("apps").children("conditions").get(0).text("message"))
					.contains("gitea-http.gitea: no such host");

				applications.sync("longhorn");
				restore(cluster, applications, backups);
				applications.sync("gitea");
				applications.awaitState("gitea", "Synced Healthy");
				applications.awaitState("apps", "OutOfSync Missing");

				applications.sync("apps");
				syncAll(cluster.client(), applications);

				assertThat(cluster.client()
					.secrets()
					.inNamespace("nextcloud")
					.withName("nextcloud-db-credentials")
					.get()
					.getData()).containsEntry("username", encoded("from the vault: username"));
				assertThat(cluster.objects().list(Volume.class)).as("but for valkey's, all are restored")
					.extracting(Stored::name)
					.containsAll(VOLUMES.keySet())
					.hasSize(VOLUMES.size() + 1);
				revertEdits(applications);
			}
		}
	}

	private Map<String, BackupName> loseCluster(Bucket bucket) throws IOException {
		try (SimulatedCluster cluster = SimulatedCluster
			.start(ClusterPlan.in(directory.resolve("lost"), Clock.systemUTC()))) {
			cluster.useTarget(bucket.url(), bucket.variables(), Duration.ofHours(1));
			ClusterSession session = new ClusterSession(cluster);
			cluster.createVolumes(VOLUMES.entrySet()
				.stream()
				.map(volume -> VolumePlan.of(volume.getKey(), ByteSize.ofMebibytes(64), volume.getValue())
					.withContents(files -> fill(volume.getKey(), files)))
				.toList());
			cluster.attach(VOLUMES.keySet().stream().map(VolumeName::new).toList());
			Map<String, BackupName> backups = new LinkedHashMap<>();
			VOLUMES.keySet().forEach(name -> backups.put(name, session.makeBackup(new VolumeName(name))));
			return backups;
		}
	}

	private void fill(String volume, Path files) throws IOException {
		Files.writeString(files.resolve("of"), volume);
		if (volume.equals("pvc-gitea-shared-storage")) {
			Files.createDirectories(files.resolve(GIT));
			EmbeddedGit.create(files.resolve(GIT), repository(), Clock.systemUTC());
		}
		if (volume.equals("pvc-vaultwarden")) {
			for (String item : List.of(ITEM, "74b16de7-da78-4513-903b-f9588ebb1699")) {
				Path folder = Files
					.createDirectories(files.resolve(VaultItems.FOLDER.substring("/data/".length())).resolve(item));
				for (String property : List.of("username", "password", "mariadb-password",
						"mariadb-replication-password", "mariadb-root-password", "AWS_ACCESS_KEY_ID",
						"AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINTS", "api-token")) {
					Files.writeString(folder.resolve(property), "from the vault: " + property);
				}
			}
		}
	}

	private Map<String, String> repository() throws IOException {
		Map<String, String> files = new HashMap<>();
		try (Stream<Path> found = Files.walk(homelab)) {
			for (Path file : found.filter(Files::isRegularFile).toList()) {
				files.put(homelab.relativize(file).toString(), Files.readString(file));
			}
		}
		return files;
	}

	private String bootstrap(Bucket bucket) throws IOException {
		Path chart = directory.resolve("bootstrap");
		Files.createDirectories(chart);
		for (Map.Entry<String, String> file : repository().entrySet()) {
			if (file.getKey().startsWith("tools/bootstrap/")) {
				Path to = chart.resolve(file.getKey().substring("tools/bootstrap/".length()));
				Files.createDirectories(to.resolveSibling("."));
				Files.writeString(to, file.getValue());
			}
		}
		Map<String, String> variables = bucket.variables();
		return new Helm(chart).template()
			.set("gitea.password", "word")
			.set("backblaze.AWS_ENDPOINTS", variables.get("AWS_ENDPOINTS"))
			.set("backblaze.AWS_ACCESS_KEY_ID", variables.get("AWS_ACCESS_KEY_ID"))
			.set("backblaze.AWS_SECRET_ACCESS_KEY", variables.get("AWS_SECRET_ACCESS_KEY"))
			.set("backblaze.s3Url", bucket.url())
			.call();
	}

	private static void restore(SimulatedCluster cluster, Applications applications, Map<String, BackupName> backups)
			throws IOException {
		KubernetesClient client = cluster.client();
		for (Map.Entry<String, BackupName> backup : backups.entrySet()) {
			String name = backup.getValue().value();
			applications.await("backup " + name, () -> !url(cluster, name).isEmpty());
			client.resource("""
					apiVersion: longhorn.io/v1beta2
					kind: Volume
					metadata: {name: %s, namespace: longhorn-system}
					spec: {fromBackup: "%s", frontend: blockdev, numberOfReplicas: 1, size: "67108864"}
					""".formatted(backup.getKey(), url(cluster, name))).create();
		}
		for (String name : backups.keySet()) {
			applications.await(name + " to be restored", () -> {
				var status = cluster.objects().find(Volume.class, name).orElseThrow().view().getStatus();
				return status.getRestoreInitiated() && !status.getRestoreRequired()
						&& "detached".equals(status.getState());
			});
			assertThat(cluster.contentHash(new VolumeName(name)))
				.isEqualTo(cluster.contentHash(new VolumeName(name), backups.get(name)));
			bind(client, name, ClaimRef.parse(VOLUMES.get(name)));
		}
	}

	private static void bind(KubernetesClient client, String volume, ClaimRef claim) {
		apply(client, """
				apiVersion: v1
				kind: PersistentVolume
				metadata: {name: %1$s}
				spec:
				  capacity: {storage: 5Gi}
				  accessModes: [ReadWriteOnce]
				  persistentVolumeReclaimPolicy: Retain
				  storageClassName: longhorn-non-replicated
				  claimRef: {namespace: %2$s, name: %3$s}
				  csi: {driver: driver.longhorn.io, volumeHandle: %1$s, fsType: ext4}
				""".formatted(volume, claim.namespace(), claim.name()));
		new ClusterObjects(client).createNamespace(claim.namespace());
		if (!claim.name().equals("gitea-shared-storage")) {
			apply(client, """
					apiVersion: v1
					kind: PersistentVolumeClaim
					metadata: {name: %s, namespace: %s}
					spec:
					  accessModes: [ReadWriteOnce]
					  storageClassName: longhorn-non-replicated
					  volumeName: %s
					  resources: {requests: {storage: 1Gi}}
					""".formatted(claim.name(), claim.namespace(), volume));
		}
	}

	private static String url(SimulatedCluster cluster, String backup) {
		String url = cluster.objects().find(Backup.class, backup).orElseThrow().view().getStatus().getUrl();
		return (url != null) ? url : "";
	}

	private static void syncAll(KubernetesClient client, Applications applications) {
		applications.sync("external-secrets");
		applications.sync("cert-manager");
		secret(client, "bitwarden-cli",
				Map.of("BW_HOST", "http://vaultwarden", "BW_USERNAME", "u", "BW_PASSWORD", "p"));
		secret(client, "vaultwarden-admin-token", Map.of("admin-token", "t"));
		applications.sync("nextcloud-manifests");
		applications.awaitState("nextcloud-manifests", "Synced Degraded");
		for (String name : List.of("vaultwarden", "external-secrets-manifests", "cert-manager-manifests",
				"longhorn-manifests", "nextcloud", "ignition", "argocd", "longhorn", "gitea")) {
			applications.sync(name);
			assertThat(applications.phase(name)).as(applications.message(name)).isEqualTo("Succeeded");
		}
		for (String name : List.of("external-secrets", "cert-manager", "nextcloud-manifests", "vaultwarden",
				"external-secrets-manifests", "cert-manager-manifests", "longhorn-manifests", "nextcloud", "ignition",
				"argocd", "longhorn", "gitea", "apps")) {
			applications.awaitState(name, "Synced Healthy");
		}
	}

	private static void revertEdits(Applications applications) {
		applications.edit("apps", application -> application.<Map<String, Object>>get("spec")
			.put("syncPolicy", Map.of("automated", Map.of("selfHeal", true))));
		applications.edit("ignition", application -> application.<Map<String, Object>>get("spec")
			.put("destination", Map.of("namespace", "elsewhere", "server", "https://kubernetes.default.svc")));
		applications.await("the parent to revert the edit of its child",
				() -> "ignition".equals(new Application(applications.named("ignition").get()).destination()));
	}

	private static void secret(KubernetesClient client, String name, Map<String, String> data) {
		client
			.resource(new SecretBuilder().withNewMetadata()
				.withName(name)
				.withNamespace("vaultwarden")
				.endMetadata()
				.withStringData(data)
				.build())
			.create();
	}

	private static String encoded(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private static void apply(KubernetesClient client, String manifests) {
		for (HasMetadata object : client.load(new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8)))
			.items()) {
			client.resource(object).create();
		}
	}

	private static Path homelabOrAbort() {
		Path found = null;
		for (Path at = Path.of("").toAbsolutePath(); at != null && found == null; at = at.getParent()) {
			Path candidate = at.resolve("shared/homelab-gitops");
			found = Files.isRegularFile(candidate.resolve("apps/values.yaml")) ? candidate : null;
		}
		String given = System.getenv("LONGHAUL_HOMELAB_GITOPS");
		Path repository = (given != null) ? Path.of(given) : found;
		assumeTrue(repository != null, "the real user's repository is neither in ../shared/homelab-gitops nor where "
				+ "LONGHAUL_HOMELAB_GITOPS says");
		return repository;
	}

}
