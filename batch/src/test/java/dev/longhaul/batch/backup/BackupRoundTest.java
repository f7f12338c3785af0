package dev.longhaul.batch.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.inventory.BackupstoreWitness;
import dev.longhaul.batch.backup.ClockworkCluster.Trouble;
import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupWatch;
import dev.longhaul.core.backup.BackupWitness.Manifest;
import dev.longhaul.core.cluster.BackupRequest;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.guard.Accepted;
import dev.longhaul.core.guard.Guard;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BackupRoundTest {

	private static final Instant START = Instant.parse("2026-11-22T02:30:00Z");

	private static final Night NIGHT = new Night(new JobName("nightly"), START);

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private final VirtualTime time = new VirtualTime(START);

	private final BackupstoreLayout layout = new BackupstoreLayout("");

	private final MemoryBucket bucket = new MemoryBucket(time);

	private final ClockworkCluster cluster = new ClockworkCluster(bucket, layout, time);

	private final BackupstoreWitness witness = new BackupstoreWitness(bucket, layout, time, time);

	private final List<NightEvent> events = new ArrayList<>();

	@Test
	void returnsOnlyWhenTheBucketHoldsEveryManifest() {
		List<PlannedVolume> volumes = volumes("a", "b");

		round(2).make(GITEA, List.of(), requests(volumes));

		assertThat(volumes)
			.allSatisfy(volume -> assertThat(witness.observe(volume.volume(), volume.backup()).manifest())
				.isEqualTo(Manifest.FINISHED));
	}

	@Test
	void backsUpOneVolumeAfterTheOtherIfToldTo() {
		round(1).make(GITEA, List.of(), requests(volumes("a", "b")));

		assertThat(time.instant()).as("two backups of 67 s each").isAfter(START.plusSeconds(2 * 67));
	}

	@Test
	void backsUpSeveralVolumesAtOnceIfToldTo() {
		round(2).make(GITEA, List.of(), requests(volumes("a", "b")));

		assertThat(time.instant()).as("two backups of 67 s at once").isBefore(START.plusSeconds(75));
	}

	@Test
	void afterAFailureAwaitsWhatRunsAndBeginsNothingMore() {
		cluster.trouble("va", Trouble.ERROR);
		List<PlannedVolume> volumes = volumes("a", "b", "c");

		assertThatThrownBy(() -> round(2).make(GITEA, List.of(), requests(volumes)))
			.isInstanceOfSatisfying(RefusedRequest.class,
					(refused) -> assertThat(refused.code()).isEqualTo(FailureCode.BACKUP_FAILED))
			.hasMessage("backup '%s' of 'gitea/a': Longhorn reports: engine crashed", volumes.get(0).backup());

		assertThat(cluster.asked()).containsExactly("backup va", "backup vb");
		assertThat(witness.observe(volumes.get(1).volume(), volumes.get(1).backup()).manifest())
			.isEqualTo(Manifest.FINISHED);
	}

	@Test
	void doesNotAskForWhatAnEarlierStartAskedFor() {
		List<PlannedVolume> volumes = volumes("a");
		cluster.makeBackup(requests(volumes).get(volumes.get(0)));

		round(1).make(GITEA, volumes, Map.of());

		assertThat(cluster.asked()).containsExactly("backup va");
	}

	@Test
	void tellsHowFarEachBackupIs() {
		round(1).make(GITEA, List.of(), requests(volumes("a")));

		assertThat(events).extracting(event -> ((NightEvent.Uploading) event).percent())
			.containsSubsequence(0, 45, 100);
	}

	@Test
	void looksIntoTheBucketOnlyWhenTheClusterDoesNotTell() {
		int[] looks = { 0 };
		BackupRound round = new BackupRound(cluster, (volume, backup) -> {
			looks[0]++;
			return witness.observe(volume, backup);
		}, perseverance(), order(1), time, time, events::add);

		round.make(GITEA, List.of(), requests(volumes("a")));

		assertThat(looks[0]).as("looks in the 3 s between completion and manifest").isEqualTo(3);
	}

	private BackupRound round(int volumesAtOnce) {
		return new BackupRound(cluster, witness, perseverance(), order(volumesAtOnce), time, time, events::add);
	}

	private Perseverance perseverance() {
		return new Perseverance(time, time, new Patience(Duration.ofSeconds(3), Duration.ofMinutes(1)));
	}

	private static NightOrder order(int volumesAtOnce) {
		return new NightOrder(List.of(ApplicationDefinition.ofClaims(GITEA, List.of(ClaimRef.parse("gitea/a")))), null,
				new NightOrder.Target("default", "s3://bucket@region/", null), null,
				new NightOrder.Pace(1, volumesAtOnce, Duration.ofSeconds(2)),
				new NightOrder.Limits(Duration.ofMinutes(5), Duration.ofMinutes(1), new BackupWatch.Bounds(
						Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofHours(6))),
				new Guard(Guard.USUAL_SHRINK, Accepted.NOTHING));
	}

	private List<PlannedVolume> volumes(String... names) {
		return List.of(names)
			.stream()
			.map(name -> PlannedVolume.of(NIGHT, GITEA, ClaimRef.parse("gitea/" + name), new VolumeName("v" + name)))
			.toList();
	}

	private static Map<PlannedVolume, BackupRequest> requests(List<PlannedVolume> volumes) {
		Map<PlannedVolume, BackupRequest> requests = new LinkedHashMap<>();
		for (PlannedVolume volume : volumes) {
			requests.put(volume,
					new BackupRequest(volume.backup(), volume.volume(), volume.snapshot(), "default", Map.of()));
		}
		return requests;
	}

}
