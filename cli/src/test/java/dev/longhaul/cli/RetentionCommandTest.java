package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.Schema;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Without a cluster: a night of two applications that was never judged, on a disk.
 */
class RetentionCommandTest {

	private static final Night NIGHT = new Night(new JobName("nightly"), Instant.parse("2026-11-22T01:30:00Z"));

	@TempDir
	private Path directory;

	private String url;

	private String clone;

	@BeforeEach
	void recordANightAndDeclareOneOfTwo() throws IOException {
		url = "file://" + Files.createDirectories(directory.resolve("bucket"));
		BackupstoreLayout layout = new BackupstoreLayout("");
		try (ObjectStore store = Targets.open(TargetUrl.parse(url), Map.of(), Clock.systemUTC())) {
			new RunCatalog(store, layout, Pause.real(), Seal.none()).write(new RunManifest(NIGHT, null, url, "v1.9.1",
					null, NIGHT.scheduledFor(), List.of(point("gitea"), point("vault")), Map.of()));
			store.put(layout.manifest(new VolumeName("pvc-gitea"), new BackupName("gitea-22")),
					new byte[] { '{', '}' });
		}
		Path folder = directory.resolve("homelab/longhaul");
		Files.createDirectories(folder.resolve("applications"));
		Files.createDirectories(folder.resolve("jobs"));
		Files.writeString(folder.resolve("applications/gitea.yaml"), """
				apiVersion: longhaul.dev/v1
				kind: Application
				metadata: {name: gitea}
				spec: {namespace: gitea, volumes: [claim: data]}
				""");
		Files.writeString(folder.resolve("jobs/nightly.yaml"), """
				apiVersion: longhaul.dev/v1
				kind: BackupJob
				metadata: {name: nightly}
				spec: {schedule: "30 2 * * *", retention: {daily: 7}}
				""");
		clone = directory.resolve("homelab").toString();
	}

	@Test
	void keepsWhatNothingIsSaidOfAndWhatWasNeverProven() {
		Outcome outcome = plan("--repo", clone);

		assertThat(outcome.out())
			.startsWith(
					"""
							%s   2 applications

							gitea   daily 7, UTC   1 restore point: 1 stay, 0 go
							  stays   nightly 2026-11-22T01:30:00Z   unread   no restore point that counts is proven, so any of them \
							may be the only one that can be read; the newest restore point; newest of day 2026-11-22 (daily 1 of 7)
							"""
						.formatted(url))
			.endsWith("""

					vault   everything is kept: no job declares a retention for it
					""");
		assertThat(outcome.errors()).startsWith("note: signatures were not checked");
		assertThat(outcome.status()).isZero();
	}

	@Test
	void tellsMachinesAndWikisTheSame() throws IOException {
		Outcome json = plan("--repo", clone, "--output", "json");
		Outcome markdown = plan("--repo", clone, "--output", "markdown");

		assertThat(Schema.of("retention-plan").violations(json.out())).isEmpty();
		assertThat(json.errors()).isEmpty();
		assertThat(json.json().at("/applications/0/heldBack").asString()).startsWith("no restore point that counts");
		assertThat(json.json().at("/applications/1").propertyNames()).containsExactly("name");
		assertThat(markdown.out()).contains("| nightly 2026-11-22T01:30:00Z | unread | stays | ",
				"Plan `" + json.json().at("/applications/0/plan").asString() + "`");
	}

	@Test
	void aBackupThatSomebodyDeletedIsNoRestorePoint() {
		Outcome outcome = plan("--policy", "daily 7", "--application", "vault");

		assertThat(outcome.out()).contains("vault   daily 7, UTC   0 restore points: 0 stay, 0 go")
			.doesNotContain("gitea");
	}

	@Test
	void wantsToKnowInOneWayWhatIsKept() {
		assertThat(plan("--repo", clone, "--policy", "daily 7").errors())
			.contains("--policy, --repo and --url each say what is kept, and more than one is there   [INVALID_USAGE]");
		assertThat(plan().status()).isEqualTo(2);
		assertThat(plan().errors()).contains("nothing says what is kept   [INVALID_USAGE]", "--repo", "--policy");
		assertThat(plan("--policy", "dayly 7").errors()).contains("'dayly 7' is not understood");
	}

	@Test
	void refusesDefinitionsWithAMistakeWithItsPlace() throws IOException {
		Path job = Path.of(clone, "longhaul/jobs/nightly.yaml");
		Files.writeString(job, Files.readString(job).replace("daily: 7", "daily: 0"));

		Outcome outcome = plan("--repo", clone);

		assertThat(outcome.status()).isEqualTo(2);
		assertThat(outcome.errors()).contains("nightly.yaml:4:51: 0 (without quotes) is not what belongs here",
				"[INVALID_DEFINITION]");
	}

	@Test
	void appliesNothingWithoutACluster() {
		Outcome outcome = new Cli().run("retention", "apply", url, "--repo", clone, "--approve", "0".repeat(64));

		assertThat(outcome.status()).isEqualTo(2);
		assertThat(outcome.errors()).contains("nothing says which cluster deletes   [INVALID_USAGE]");
	}

	private Outcome plan(String... options) {
		String[] arguments = new String[options.length + 3];
		System.arraycopy(new String[] { "retention", "plan", url }, 0, arguments, 0, 3);
		System.arraycopy(options, 0, arguments, 3, options.length);
		return new Cli().run(arguments);
	}

	private static RestorePoint point(String application) {
		return new RestorePoint(new ApplicationName(application),
				List.of(new VolumeBackup(new ClaimRef(application, "data"), new VolumeName("pvc-" + application),
						new SnapshotName(application + "-22"), NIGHT.scheduledFor(),
						new BackupName(application + "-22"), ByteSize.ofMebibytes(2))));
	}

}
