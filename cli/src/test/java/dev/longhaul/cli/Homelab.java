package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.gitops.repository.GitServer;
import dev.longhaul.gitops.testing.HomelabRepository;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.VolumePlan;
import dev.longhaul.simulator.git.EmbeddedGit;
import dev.longhaul.simulator.secret.VaultItems;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cluster of a real user, as its repository was published: what is left of it is its
 * bucket and its recovery kit.
 */
final class Homelab implements AutoCloseable {

	static final Instant NIGHT = Instant.parse("2026-11-08T01:30:00Z");

	static final String PASSPHRASE = "correct horse battery staple";

	/** What the vault and the kit hold, and nobody prints. */
	static final String WORD = "hunter2-";

	/** Volumes by their applications, with the claims on them. */
	static final Map<String, Map<VolumeName, String>> VOLUMES = new TreeMap<>(Map.of("gitea",
			Map.of(new VolumeName("pvc-gitea-shared-storage"), "gitea/gitea-shared-storage",
					new VolumeName("pvc-postgresql"), "gitea/pvc-data-gitea-postgresql"),
			"vaultwarden", Map.of(new VolumeName("pvc-vaultwarden"), "vaultwarden/vaultwarden-data"), "nextcloud",
			Map.of(new VolumeName("pvc-nextcloud"), "nextcloud/nextcloud-data", new VolumeName("pvc-nextcloud-db"),
					"nextcloud/nextcloud-db"),
			"ignition", Map.of(new VolumeName("pvc-ignition"), "ignition/data-ignition-0")));

	private static final VolumeName GITEA = new VolumeName("pvc-gitea-shared-storage");

	private static final String GIT = "git/gitea-repositories/gitea_admin/homelab-gitops.git";

	private static final List<String> ITEMS = List.of("aaaabbbb-cccc-dddd-eeee-000011112222",
			"74b16de7-da78-4513-903b-f9588ebb1699");

	private static final List<String> PROPERTIES = List.of("username", "password", "mariadb-password",
			"mariadb-replication-password", "mariadb-root-password", "api-token");

	private final Path directory;

	private final NightsInCluster nights;

	private Homelab(Path directory, NightsInCluster nights) {
		this.directory = directory;
		this.nights = nights;
	}

	/**
	 * Has a night in it, and loses it.
	 */
	static Homelab lost(Path directory) throws IOException {
		Path repository = HomelabRepository.rootOrAbort();
		NightsInCluster nights = NightsInCluster.start(directory);
		Homelab homelab = new Homelab(directory, nights);
		SimulatedCluster cluster = nights.simulated();
		List<VolumePlan> plans = VOLUMES.values()
			.stream()
			.flatMap(volumes -> volumes.entrySet().stream())
			.map(volume -> VolumePlan.of(volume.getKey().value(), ByteSize.ofMebibytes(64), volume.getValue())
				.withStorageClass("longhorn-non-replicated")
				.withContents(files -> homelab.fill(volume.getKey(), repository, files)))
			.toList();
		cluster.createVolumes(plans);
		cluster.attach(VOLUMES.values().stream().flatMap(volumes -> volumes.keySet().stream()).toList());
		String revision = GitServer.run(cluster.files(GITEA).resolve(GIT), "rev-parse", "HEAD").strip();
		for (Map.Entry<String, Map<VolumeName, String>> application : VOLUMES.entrySet()) {
			nights.night(application.getKey(), application.getValue(), revision, NIGHT);
		}
		homelab.makeKit(repository);
		nights.lose();
		return homelab;
	}

	private void fill(VolumeName volume, Path repository, Path files) throws IOException {
		Files.writeString(files.resolve("of"), volume.value());
		if (volume.equals(GITEA)) {
			EmbeddedGit.create(Files.createDirectories(files.resolve(GIT)), contents(repository), Clock.systemUTC());
		}
		if (volume.value().equals("pvc-vaultwarden")) {
			for (String item : ITEMS) {
				Path folder = Files
					.createDirectories(files.resolve(VaultItems.FOLDER.substring("/data/".length())).resolve(item));
				for (String property : PROPERTIES) {
					Files.writeString(folder.resolve(property), WORD + property);
				}
				for (Map.Entry<String, String> variable : nights.variables().entrySet()) {
					Files.writeString(folder.resolve(variable.getKey()), variable.getValue());
				}
			}
		}
	}

	private static Map<String, String> contents(Path repository) throws IOException {
		Map<String, String> contents = new HashMap<>();
		try (Stream<Path> found = Files.walk(repository)) {
			for (Path file : found.filter(Files::isRegularFile).toList()) {
				contents.put(repository.relativize(file).toString(), Files.readString(file));
			}
		}
		return contents;
	}

	/** As its owner would make it, of the chart in the repository. */
	private void makeKit(Path repository) throws IOException {
		Map<String, String> variables = nights.variables();
		Path values = Files.writeString(directory.resolve("values.yaml"), """
				gitea: {password: "%sgitea"}
				backblaze:
				  AWS_ENDPOINTS: "%s"
				  AWS_ACCESS_KEY_ID: "%s"
				  AWS_SECRET_ACCESS_KEY: "%s"
				  s3Url: "%s"
				""".formatted(WORD, variables.get("AWS_ENDPOINTS"), variables.get("AWS_ACCESS_KEY_ID"),
				variables.get("AWS_SECRET_ACCESS_KEY"), NightsInCluster.URL));
		Outcome made = nights.cli()
			.run("kit", "create", NightsInCluster.URL, "--cluster", "home", "--bootstrap",
					repository.resolve("tools/bootstrap").toString(), "--bootstrap-values", values.toString(),
					"--secret",
					secret("vaultwarden/bitwarden-cli",
							Map.of("BW_HOST", "http://vaultwarden", "BW_USERNAME", "me", "BW_PASSWORD", WORD + "bw")),
					"--secret", secret("vaultwarden/vaultwarden-admin-token", Map.of("admin-token", WORD + "admin")),
					"--passphrase-file", passphrase().toString(), "--to", kit().toString());
		assertThat(made.status()).as(made.errors()).isZero();
	}

	private String secret(String ref, Map<String, String> files) throws IOException {
		Path folder = Files.createDirectories(directory.resolve(ref));
		for (Map.Entry<String, String> file : files.entrySet()) {
			Files.writeString(folder.resolve(file.getKey()), file.getValue());
		}
		return ref + "=" + folder;
	}

	Path kit() {
		return directory.resolve("kit.age");
	}

	Path passphrase() throws IOException {
		return Files.writeString(directory.resolve("kit.txt"), PASSPHRASE + "\n");
	}

	/** The secret part of the bucket's key. */
	String bucketSecret() {
		return nights.variables().get("AWS_SECRET_ACCESS_KEY");
	}

	@Override
	public void close() throws IOException {
		nights.close();
	}

}
