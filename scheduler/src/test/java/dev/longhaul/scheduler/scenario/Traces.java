package dev.longhaul.scheduler.scenario;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.inventory.Inventory;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupState;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What nights have left behind in the cluster and in the bucket of a scene.
 */
public final class Traces {

	/** Longhorn takes back its tickets by itself, soon after a backup. */
	private static final Duration SOON = Duration.ofSeconds(30);

	private static final Pattern TICKET = Pattern.compile("\"id\":\"((?:snapshot|backup)-controller[^\"]*)\"");

	private static final Pattern SERVER = Pattern.compile("server: \"([^\"]+)\"");

	private final Scene scene;

	private final BackupstoreLayout layout = new BackupstoreLayout(TargetUrl.parse(Scene.URL).path());

	public Traces(Scene scene) {
		this.scene = scene;
	}

	/**
	 * Asserts what must hold after a night, however it came to its end: one snapshot and
	 * one backup of every volume, one manifest, one proof, everything proven, and nothing
	 * else left behind.
	 */
	public void assertEverythingIsThereOnce(Night night) throws IOException {
		for (ClaimRef claim : scene.claims()) {
			assertBackedUpOnce(night, Scene.volume(claim.namespace(), claim.name()));
		}
		String run = layout.longhaulPrefix() + "runs/nightly/" + night.stamp();
		assertThat(keys()).filteredOn(key -> key.startsWith(run))
			.containsExactly(run + "/manifest.json", run + "/proof.json");
		RunManifest manifest = catalog().findManifest(night).orElseThrow().manifest();
		assertThat(manifest.failed()).isEmpty();
		assertThat(manifest.restorePoints()).hasSize(scene.applications());
		assertThat(catalog().findProof(night).orElseThrow().applications()).hasSize(scene.applications())
			.allSatisfy(application -> assertThat(application.tonight()).isInstanceOf(Proof.Proven.class));
		assertNothingIsLeftBehind();
	}

	private void assertBackedUpOnce(Night night, VolumeName volume) {
		String prefix = prefix(night);
		assertThat(scene.cluster().engine(volume).snapshots()).as("snapshots of %s", volume)
			.extracting(snapshot -> snapshot.name().value())
			.filteredOn(name -> name.startsWith(prefix))
			.hasSize(1);
		assertThat(scene.longhorn().backups()).as("backup resources of %s", volume)
			.filteredOn(backup -> backup.volume().equals(volume) && backup.name().value().startsWith(prefix))
			.singleElement()
			.satisfies(backup -> assertThat(backup.state()).isEqualTo(BackupState.COMPLETED));
		assertThat(new Inventory(scene.store(), layout).volume(volume).orElseThrow().manifests())
			.as("manifests of %s in the bucket", volume)
			.filteredOn(manifest -> manifest.backup().value().startsWith(prefix))
			.hasSize(1);
	}

	/** Asserts that there is no lock in the bucket and no ticket of a backup. */
	public void assertNothingIsLeftBehind() throws IOException {
		assertThat(keys()).as("locks").noneMatch(key -> key.contains("/locks/"));
		Awaitility.await()
			.atMost(SOON)
			.untilAsserted(() -> assertThat(tickets()).as("tickets of snapshots and backups").isEmpty());
	}

	/** How many backups of a night Longhorn was asked for. */
	public long backups(Night night) {
		return scene.longhorn()
			.backups()
			.stream()
			.filter(backup -> backup.name().value().startsWith(prefix(night)))
			.count();
	}

	/** What tonight's proof says of an application. */
	public Proof proof(Night night, String application) {
		return catalog().findProof(night).orElseThrow().of(new ApplicationName(application)).orElseThrow().tonight();
	}

	/** Where what lies in the bucket. */
	public BackupstoreLayout layout() {
		return layout;
	}

	public RunCatalog catalog() {
		return catalog(Seal.none());
	}

	/** As one reads it who believes only some. */
	public RunCatalog catalog(Seal seal) {
		return new RunCatalog(scene.store(), layout, Pause.real(), seal);
	}

	/** Every key of the bucket. */
	public List<String> keys() {
		List<String> keys = new ArrayList<>();
		new Listing(scene.store(), "").forEachRemaining(object -> keys.add(object.key()));
		return keys;
	}

	private static String prefix(Night night) {
		return night.job() + "-" + night.stamp();
	}

	/** Production code does not know of tickets, so the API is asked itself. */
	private List<String> tickets() throws IOException {
		Matcher server = SERVER.matcher(Files.readString(scene.cluster().kubeconfig()));
		assertThat(server.find()).isTrue();
		URI attachments = URI.create(server.group(1))
			.resolve("/apis/longhorn.io/v1beta2/namespaces/longhorn-system/volumeattachments");
		try {
			HttpResponse<String> answer = HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(attachments).build(), HttpResponse.BodyHandlers.ofString());
			assertThat(answer.body()).contains("attachmentTickets");
			return TICKET.matcher(answer.body()).results().map(ticket -> ticket.group(1)).distinct().toList();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
	}

}
