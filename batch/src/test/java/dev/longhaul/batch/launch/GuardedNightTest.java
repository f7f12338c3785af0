package dev.longhaul.batch.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.longhaul.batch.backup.NightEvent;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.guard.Accepted;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.FileSystem;
import dev.longhaul.core.volume.Original;
import dev.longhaul.core.volume.SeenFileSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nights over volumes that are no longer what they were in the night before.
 */
class GuardedNightTest {

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final ApplicationName VAULTWARDEN = new ApplicationName("vaultwarden");

	private static final ClaimRef DATA = ClaimRef.parse("gitea/data");

	@TempDir
	private Path directory;

	private NightBench bench;

	@BeforeEach
	void recordAGoodNight() {
		bench = new NightBench(directory);
		bench.cluster.disks().holds("pvc-gitea", 4);
		assertThat(bench.run(night(0))).isEqualTo(NightEnd.PROVEN);
	}

	@AfterEach
	void close() {
		bench.close();
	}

	@Test
	void aVolumeThatGrowsIsBackedUpNightAfterNight() {
		bench.cluster.resize("pvc-gitea", ByteSize.ofMebibytes(32));
		bench.cluster.disks().holds("pvc-gitea", 7);
		assertThat(bench.run(night(1))).isEqualTo(NightEnd.PROVEN);
		bench.cluster.disks().holds("pvc-gitea", 4);
		assertThat(bench.run(night(2))).isEqualTo(NightEnd.PROVEN);

		Original original = original(night(2));
		assertThat(original.size()).isEqualTo(ByteSize.ofMebibytes(32));
		assertThat(original.fileSystem()).isNotNull()
			.isNotEqualTo(original(night(0)).fileSystem())
			.extracting(SeenFileSystem::fileSystem)
			.isEqualTo(fileSystem(night(0)));
		assertThat(bench.events(NightEvent.Warned.class)).isEmpty();
	}

	/** A claim that was made anew has a fresh volume, under its old name or another. */
	@Test
	void aVolumeThatWasFormattedAnewIsNoRestorePoint() {
		FileSystem before = Objects.requireNonNull(fileSystem(night(0)));
		bench.cluster.disks().format("pvc-gitea");

		assertThat(bench.run(night(1))).isEqualTo(NightEnd.UNPROVEN);

		assertThat(manifest(night(1)).restorePoints()).extracting(RestorePoint::application)
			.containsExactly(VAULTWARDEN);
		assertThat(manifest(night(1)).failed().get(GITEA))
			.startsWith("VOLUME_CHANGED: on the volume of claim 'gitea/data' is ext4 ")
			.contains(", and was " + before + " at " + seenAt(night(0)))
			.endsWith(": it was formatted anew, or is another one");
		assertThat(bench.events(NightEvent.Failed.class)).singleElement().satisfies(failed -> {
			assertThat(failed.failure().code()).isEqualTo(FailureCode.VOLUME_CHANGED);
			assertThat(failed.failure().hint()).isEqualTo("older restore points stay; if it is meant to be so, start "
					+ "this night again with --accept-recreated gitea/data");
		});
		assertThat(backups(night(0))).isEqualTo(3);
	}

	/** Its last restore point is then in no manifest of yesterday. */
	@Test
	void isRefusedEveryNightUntilSomebodyAcceptsIt() {
		bench.cluster.disks().format("pvc-gitea");
		for (int day = 1; day <= 3; day++) {
			assertThat(bench.run(night(day))).isEqualTo(NightEnd.UNPROVEN);
			assertThat(manifest(night(day)).failed().get(GITEA)).startsWith("VOLUME_CHANGED: ");
		}
		int asked = bench.cluster.asked().size();

		bench.accept(new Accepted(Set.of(DATA), Set.of()));
		assertThat(bench.run(night(3))).isEqualTo(NightEnd.PROVEN);

		assertThat(bench.cluster.asked()).as("nothing is uploaded again").hasSize(asked);
		bench.accept(Accepted.NOTHING);
		assertThat(bench.run(night(4))).isEqualTo(NightEnd.PROVEN);
	}

	@Test
	void aSmallerVolumeIsRefusedBeforeAnythingIsBegun() {
		bench.cluster.resize("pvc-gitea", ByteSize.ofMebibytes(8));
		int asked = bench.cluster.asked().size();

		assertThat(bench.run(night(1))).isEqualTo(NightEnd.UNPROVEN);

		assertThat(manifest(night(1)).failed().get(GITEA))
			.startsWith("VOLUME_CHANGED: the volume of claim 'gitea/data' has 8 MiB, and had 16 MiB at ");
		assertThat(bench.cluster.asked().subList(asked, bench.cluster.asked().size()))
			.containsExactlyInAnyOrder("snapshot pvc-vaultwarden", "backup pvc-vaultwarden");
	}

	@Test
	void aVolumeThatLostMostOfItsDataIsNoRestorePoint() {
		bench.cluster.disks().holds("pvc-gitea", 1);

		assertThat(bench.run(night(1))).isEqualTo(NightEnd.UNPROVEN);

		assertThat(manifest(night(1)).failed().get(GITEA))
			.startsWith("VOLUME_CHANGED: the volume of claim 'gitea/data' holds 2 MiB, and held 8 MiB at ")
			.endsWith(": more than 50 % of it are gone");
		assertThat(bench.events(NightEvent.Failed.class)).singleElement()
			.extracting(failed -> failed.failure().hint())
			.isEqualTo("older restore points stay; if it is meant to be so, start this night again with "
					+ "--accept-shrunk gitea/data");
		bench.accept(new Accepted(Set.of(), Set.of(DATA)));
		assertThat(bench.run(night(1))).isEqualTo(NightEnd.PROVEN);
		bench.accept(Accepted.NOTHING);
		assertThat(bench.run(night(2))).isEqualTo(NightEnd.PROVEN);
	}

	/** Noise over a volume for one night is no way around the guard. */
	@Test
	void aNightInWhichNothingWasRecognisedForgetsNothing() {
		bench.cluster.disks().overwrite("pvc-gitea");
		assertThat(bench.run(night(1))).isEqualTo(NightEnd.PROVEN);
		assertThat(original(night(1)).fileSystem()).isEqualTo(original(night(0)).fileSystem());
		bench.cluster.disks().putBack("pvc-gitea");
		bench.cluster.disks().format("pvc-gitea");

		assertThat(bench.run(night(2))).isEqualTo(NightEnd.UNPROVEN);

		assertThat(manifest(night(2)).failed().get(GITEA)).startsWith("VOLUME_CHANGED: ");
	}

	@Test
	void aManifestThatIsNotBelievedIsNoHistoryAndHidesNone() {
		assertThat(bench.run(night(1))).isEqualTo(NightEnd.PROVEN);
		String key = "path/longhaul/runs/nightly/%s/manifest.json".formatted(night(1).stamp());
		bench.bucket.put(key, new byte[] { '{' });
		bench.cluster.disks().format("pvc-gitea");

		assertThat(bench.run(night(2))).isEqualTo(NightEnd.UNPROVEN);

		assertThat(manifest(night(2)).failed().get(GITEA)).contains(" at " + seenAt(night(0)));
		assertThat(bench.events(NightEvent.Warned.class)).extracting(NightEvent.Warned::warning)
			.anyMatch(warning -> warning.startsWith(key));
	}

	@Test
	void aClaimThatIsNewHasNoHistory() {
		bench.cluster.add("pvc-new", "gitea/new");
		bench.cluster.label("gitea/new", "app", "gitea");
		bench.chooseGiteaByLabel();

		assertThat(bench.run(night(1))).isEqualTo(NightEnd.PROVEN);

		assertThat(gitea(night(1)).backups()).extracting(VolumeBackup::claim)
			.containsExactly(ClaimRef.parse("gitea/new"));
	}

	private static Night night(int day) {
		return new Night(NightBench.NIGHT.job(), NightBench.NIGHT.scheduledFor().plus(Duration.ofDays(day)));
	}

	private RunManifest manifest(Night night) {
		return bench.catalog.findManifest(night).orElseThrow().manifest();
	}

	private RestorePoint gitea(Night night) {
		return manifest(night).restorePoints()
			.stream()
			.filter(point -> point.application().equals(GITEA))
			.findFirst()
			.orElseThrow();
	}

	private Original original(Night night) {
		List<VolumeBackup> backups = gitea(night).backups();
		return Objects.requireNonNull(
				backups.stream().filter(backup -> backup.claim().equals(DATA)).findFirst().orElseThrow().original());
	}

	private @Nullable FileSystem fileSystem(Night night) {
		SeenFileSystem seen = original(night).fileSystem();
		return (seen != null) ? seen.fileSystem() : null;
	}

	private Instant seenAt(Night night) {
		return Objects.requireNonNull(original(night).fileSystem()).at();
	}

	private long backups(Night night) {
		return bench.bucket.keys()
			.stream()
			.filter(key -> key.contains("/backups/") && key.contains(night.stamp()))
			.count();
	}

}
