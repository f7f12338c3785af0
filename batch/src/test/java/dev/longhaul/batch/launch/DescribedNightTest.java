package dev.longhaul.batch.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.longhaul.batch.backup.NightEvent;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.QuietWindow;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.profile.OwnProfile;
import dev.longhaul.core.profile.QuietStep;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.ObjectCopy;
import dev.longhaul.core.volume.Original;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a manifest tells of its restore points beyond their backups, also after a crash.
 */
class DescribedNightTest {

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final Place PLACE = new Place(new Workload(Workload.Kind.DEPLOYMENT, "gitea", "gitea"), null);

	private static final OwnProfile MAINTENANCE = new OwnProfile(List.of(new QuietStep.Run("maintenance mode", "",
			PLACE, List.of("on"), List.of("off"), List.of("check"), Duration.ofSeconds(30))), Duration.ofMinutes(2));

	@TempDir
	private Path directory;

	private NightBench bench;

	@BeforeEach
	void open() {
		bench = new NightBench(directory);
		bench.quietGitea(MAINTENANCE);
	}

	@AfterEach
	void close() {
		bench.close();
	}

	@Test
	void tellsWhatItTakesToMakeTheVolumesAgain() {
		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		assertThat(manifest().kubernetesVersion()).isEqualTo("v1.33.4");
		assertThat(giteas().backups()).extracting(VolumeBackup::original)
			.allSatisfy(original -> assertThat(original).isNotNull()
				.extracting(Original::size, Original::replicas)
				.containsExactly(ByteSize.ofMebibytes(16), 3));
		assertThat(giteas().backups()).extracting(backup -> objects(backup).claim())
			.hasOnlyElementsOfType(ObjectCopy.Kept.class);
		assertThat(bench.events(NightEvent.Warned.class)).isEmpty();
	}

	@Test
	void tellsHowItWasDeclaredAndHowLongItWasQuiet() {
		bench.run();

		assertThat(giteas().declared()).isEqualTo(NightBench.DECLARED);
		NightEvent.SnapshotsReady told = bench.events(NightEvent.SnapshotsReady.class)
			.stream()
			.filter(ready -> ready.application().equals(GITEA))
			.findFirst()
			.orElseThrow();
		QuietWindow quiet = giteas().quiet();
		assertThat(quiet).isNotNull();
		assertThat(quiet.lasted()).isEqualTo(told.quiet()).isPositive();
		assertThat(quiet.since()).isBefore(giteas().takenAt());
		assertThat(quiet.since().plus(quiet.lasted())).isAfter(giteas().takenAt());
		assertThat(manifest().restorePoints()).filteredOn(point -> !point.application().equals(GITEA))
			.extracting(RestorePoint::quiet)
			.containsOnlyNulls();
	}

	/** The process that measured the window is gone by the time its end is recorded. */
	@Test
	void aStartAfterACrashDuringTheUploadsTellsTheSame() {
		stopAt(NightEvent.Uploading.class);
		Duration measured = bench.events(NightEvent.SnapshotsReady.class)
			.stream()
			.filter(ready -> ready.application().equals(GITEA))
			.map(NightEvent.SnapshotsReady::quiet)
			.findFirst()
			.orElseThrow();

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		assertThat(giteas().quiet()).isNotNull().extracting(QuietWindow::lasted).isEqualTo(measured);
		assertThat(giteas().declared()).isEqualTo(NightBench.DECLARED);
		assertThat(giteas().backups()).extracting(backup -> objects(backup).claim())
			.hasOnlyElementsOfType(ObjectCopy.Kept.class);
	}

	/** Its partition is done, and is not done again. */
	@Test
	void aStartAfterACrashBehindTheUploadsTellsWhatWasFoundThen() {
		stopAt(NightEvent.ReadBack.class);
		int looks = bench.cluster.objectLooks();
		bench.cluster.notes("changed since");

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		assertThat(bench.cluster.objectLooks()).isEqualTo(looks);
		assertThat(giteas().quiet()).isNotNull();
		assertThat(giteas().backups()).extracting(backup -> objects(backup).claim().toString())
			.noneMatch(claim -> claim.contains("changed since"));
	}

	@Test
	void aClaimThatMayNotBeReadCostsAWarningAndNoRestorePoint() {
		bench.cluster.refuse("gitea/db");

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		assertThat(bench.events(NightEvent.Warned.class)).containsExactly(
				new NightEvent.Warned("not all that makes claim 'gitea/db' is recorded: claims are forbidden"));
		assertThat(giteas().backups()).filteredOn(backup -> backup.claim().equals(ClaimRef.parse("gitea/db")))
			.singleElement()
			.satisfies(backup -> assertThat(objects(backup)).isEqualTo(ClaimObjects.unknown("claims are forbidden")));
	}

	/** An outage of that length fails nothing else, and the restore point is made. */
	@Test
	void aClusterThatIsSilentForAWhileIsAskedAgain() {
		bench.run(event -> {
			if (event instanceof NightEvent.Begun) {
				bench.cluster.goDownFor(Duration.ofSeconds(40));
			}
		}, new StopSignal());

		assertThat(giteas().backups()).extracting(backup -> objects(backup).claim())
			.hasOnlyElementsOfType(ObjectCopy.Kept.class);
	}

	private void stopAt(Class<? extends NightEvent> type) {
		StopSignal stop = new StopSignal();
		bench.run(event -> {
			boolean ofGitea = (event instanceof NightEvent.Uploading uploading && uploading.application().equals(GITEA))
					|| event instanceof NightEvent.ReadBack;
			if (type.isInstance(event) && ofGitea) {
				stop.stop();
				throw new Interruption("told to stop");
			}
		}, stop);
	}

	private static ClaimObjects objects(VolumeBackup backup) {
		Original original = backup.original();
		assertThat(original).isNotNull();
		return original.objects();
	}

	private RunManifest manifest() {
		return bench.catalog.findManifest(NightBench.NIGHT).orElseThrow().manifest();
	}

	private RestorePoint giteas() {
		return manifest().restorePoints()
			.stream()
			.filter(point -> point.application().equals(GITEA))
			.findFirst()
			.orElseThrow();
	}

}
