package dev.longhaul.core.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

import dev.longhaul.core.backup.BackupWatch.Absent;
import dev.longhaul.core.backup.BackupWatch.Bounds;
import dev.longhaul.core.backup.BackupWatch.BucketSilent;
import dev.longhaul.core.backup.BackupWatch.ClusterSilent;
import dev.longhaul.core.backup.BackupWatch.Failed;
import dev.longhaul.core.backup.BackupWatch.Finished;
import dev.longhaul.core.backup.BackupWatch.InBucket;
import dev.longhaul.core.backup.BackupWatch.InCluster;
import dev.longhaul.core.backup.BackupWatch.NotAsked;
import dev.longhaul.core.backup.BackupWatch.Outcome;
import dev.longhaul.core.backup.BackupWatch.Reported;
import dev.longhaul.core.backup.BackupWatch.Stalled;
import dev.longhaul.core.backup.BackupWatch.Told;
import dev.longhaul.core.backup.BackupWatch.Waiting;
import dev.longhaul.core.backup.BackupWitness.Manifest;
import dev.longhaul.core.backup.BackupWitness.Testimony;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class BackupWatchTest {

	private static final Instant T0 = Instant.parse("2026-11-22T02:30:00Z");

	/** Bounds of the tests: stall 5 min, settle 2 min, silence 10 min, total 6 h. */
	private static final Bounds BOUNDS = new Bounds(Duration.ofMinutes(5), Duration.ofMinutes(2),
			Duration.ofMinutes(10), Duration.ofHours(6));

	/**
	 * The bucket's clock runs this much ahead of ours: only ages may be taken from it.
	 */
	private static final Duration AHEAD = Duration.ofSeconds(100);

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void theFirstLookDecides(String situation, InCluster inCluster, InBucket inBucket, Outcome expected) {
		BackupWatch watch = BackupWatch.begin(BOUNDS, T0);

		Outcome outcome = watch.look(inCluster, inBucket, T0.plusSeconds(2)).outcome();

		assertThat(outcome).isEqualTo(expected);
	}

	static Stream<Arguments> theFirstLookDecides() {
		return Stream.of(arguments("just asked for", backup(BackupState.NEW, 0), new NotAsked(), new Waiting()),
				arguments("pending", backup(BackupState.PENDING, 0), new NotAsked(), new Waiting()),
				arguments("uploading", backup(BackupState.IN_PROGRESS, 40), told(Manifest.PLACEHOLDER, 10),
						new Waiting()),
				arguments("uploading, manifest already finished", backup(BackupState.IN_PROGRESS, 40),
						told(Manifest.FINISHED, 10), new Waiting()),
				arguments("completed and in the bucket", backup(BackupState.COMPLETED, 100), told(Manifest.FINISHED, 1),
						new Finished()),
				arguments("completed, not in the bucket yet", backup(BackupState.COMPLETED, 100),
						told(Manifest.PLACEHOLDER, 10), new Waiting()),
				arguments("completed, bucket not asked", backup(BackupState.COMPLETED, 100), new NotAsked(),
						new Waiting()),
				arguments("completed, bucket does not answer", backup(BackupState.COMPLETED, 100),
						new BucketSilent("503"), new Waiting()),
				arguments("error", failed(BackupState.ERROR, "engine crashed"), new NotAsked(),
						new Failed(FailureCode.BACKUP_FAILED, "Longhorn reports: engine crashed")),
				arguments("error, although the bucket has it: Longhorn will delete it",
						failed(BackupState.ERROR, "replica died"), told(Manifest.FINISHED, 10),
						new Failed(FailureCode.BACKUP_FAILED, "Longhorn reports: replica died")),
				arguments("error without a reason", failed(BackupState.ERROR, ""), new NotAsked(),
						new Failed(FailureCode.BACKUP_FAILED, "Longhorn reports: ERROR, and gives no reason")),
				arguments("state unknown", failed(BackupState.UNKNOWN, "rpc"), new NotAsked(),
						new Failed(FailureCode.BACKUP_FAILED, "Longhorn has lost track of it and reports: rpc")),
				arguments("being deleted", backup(BackupState.DELETING, 100), new NotAsked(),
						new Failed(FailureCode.BACKUP_FAILED, "somebody is deleting it")),
				arguments("resource gone, bucket has it", new Absent(), told(Manifest.FINISHED, 10), new Finished()),
				arguments("resource gone, bucket has nothing", new Absent(), told(Manifest.ABSENT, null),
						new Failed(FailureCode.BACKUP_FAILED,
								"its resource is gone from the cluster, and the bucket holds no manifest of it")),
				arguments("resource gone, bucket has the placeholder", new Absent(), told(Manifest.PLACEHOLDER, 10),
						new Failed(FailureCode.BACKUP_FAILED,
								"its resource is gone from the cluster, and the bucket "
										+ "holds only the placeholder of its manifest")),
				arguments("resource gone, manifest unreadable", new Absent(), told(Manifest.UNREADABLE, 10),
						new Failed(FailureCode.BACKUP_FAILED,
								"its resource is gone from the cluster, and the bucket "
										+ "holds a manifest of it that cannot be read")),
				arguments("resource gone, bucket does not answer", new Absent(), new BucketSilent("503"),
						new Waiting()),
				arguments("cluster does not answer", new ClusterSilent("refused"), new NotAsked(), new Waiting()));
	}

	@Test
	void progressThatStaysAtZeroIsNotStuckWhileTheLockIsRefreshed() {
		Watching watching = new Watching();

		for (int minute = 0; minute <= 60; minute++) {
			watching.look(Duration.ofMinutes(minute), backup(BackupState.IN_PROGRESS, 0), told(Manifest.ABSENT, 59));
			assertThat(watching.outcome).isEqualTo(new Waiting());
		}
	}

	@Test
	void isStalledWhenNeitherProgressNorBucketHasMovedForTheWholeLimit() {
		Watching watching = new Watching();
		watching.look(Duration.ofMinutes(1), backup(BackupState.IN_PROGRESS, 40), told(Manifest.PLACEHOLDER, 0));

		watching.look(Duration.ofMinutes(6), backup(BackupState.IN_PROGRESS, 40), told(Manifest.PLACEHOLDER, 300));
		assertThat(watching.outcome).isEqualTo(new Waiting());

		watching.look(Duration.ofSeconds(361), backup(BackupState.IN_PROGRESS, 40), told(Manifest.PLACEHOLDER, 301));
		assertThat(watching.outcome).isEqualTo(new Stalled(
				"IN_PROGRESS at 40 %, no progress and no sign of life in the bucket since " + "2026-11-22T02:31:00Z"));
	}

	@Test
	void isNeverStalledWithoutTheBucketsWord() {
		Watching watching = new Watching();
		watching.look(Duration.ZERO, backup(BackupState.IN_PROGRESS, 40), new NotAsked());

		watching.look(Duration.ofMinutes(9), backup(BackupState.IN_PROGRESS, 40), new BucketSilent("503"));

		assertThat(watching.outcome).isEqualTo(new Waiting());
	}

	@Test
	void uploadedBytesAreProgressToo() {
		Watching watching = new Watching();
		watching.look(Duration.ZERO, backup(BackupState.IN_PROGRESS, 94, 100), new NotAsked());
		watching.look(Duration.ofMinutes(4), backup(BackupState.IN_PROGRESS, 94, 200), new NotAsked());

		watching.look(Duration.ofMinutes(8), backup(BackupState.IN_PROGRESS, 94, 200),
				told(Manifest.PLACEHOLDER, 9999));

		assertThat(watching.outcome).isEqualTo(new Waiting());
	}

	@Test
	void aStallWithAFinishedManifestSaysSo() {
		Watching watching = new Watching();
		watching.look(Duration.ZERO, backup(BackupState.IN_PROGRESS, 94), told(Manifest.FINISHED, 0));

		watching.look(Duration.ofMinutes(6), backup(BackupState.IN_PROGRESS, 94), told(Manifest.FINISHED, 360));

		assertThat(watching.outcome).isInstanceOfSatisfying(Stalled.class,
				(stalled) -> assertThat(stalled.reason()).endsWith(", although its manifest is finished"));
	}

	@Test
	void completedWithoutManifestFailsOnceNothingHasMovedForTheSettleLimit() {
		Watching watching = new Watching();
		watching.look(Duration.ofMinutes(10), backup(BackupState.COMPLETED, 100), told(Manifest.PLACEHOLDER, 0));

		watching.look(Duration.ofMinutes(13), backup(BackupState.COMPLETED, 100), told(Manifest.PLACEHOLDER, 61));
		assertThat(watching.outcome).as("its lock is still rewritten").isEqualTo(new Waiting());

		watching.look(Duration.ofMinutes(15), backup(BackupState.COMPLETED, 100), told(Manifest.PLACEHOLDER, 181));
		assertThat(watching.outcome).isEqualTo(new Failed(FailureCode.BACKUP_FAILED,
				"Longhorn reports completion since 2026-11-22T02:40:00Z, but the bucket holds only the placeholder "
						+ "of its manifest"));
	}

	@Test
	void completedBeforeTheManifestIsFinishedWhenTheManifestAppears() {
		Watching watching = new Watching();
		watching.look(Duration.ofMinutes(10), backup(BackupState.COMPLETED, 100), told(Manifest.PLACEHOLDER, 0));

		watching.look(Duration.ofMinutes(11), backup(BackupState.COMPLETED, 100), told(Manifest.FINISHED, 3));

		assertThat(watching.outcome).isEqualTo(new Finished());
	}

	@Test
	void aClusterThatAnswersAgainIsForgiven() {
		Watching watching = new Watching();
		watching.look(Duration.ofMinutes(1), new ClusterSilent("refused"), new NotAsked());
		watching.look(Duration.ofMinutes(10), backup(BackupState.IN_PROGRESS, 5), new NotAsked());
		watching.look(Duration.ofMinutes(12), new ClusterSilent("refused"), new NotAsked());

		watching.look(Duration.ofMinutes(22), new ClusterSilent("refused"), new NotAsked());
		assertThat(watching.outcome).isEqualTo(new Waiting());

		watching.look(Duration.ofSeconds(22 * 60 + 1), new ClusterSilent("refused"), new NotAsked());
		assertThat(watching.outcome).isEqualTo(new Failed(FailureCode.CLUSTER_UNREACHABLE,
				"the cluster has not answered since 2026-11-22T02:42:00Z: refused"));
	}

	@Test
	void aBucketThatDoesNotAnswerWhenItIsNeededFailsAfterTheLimit() {
		Watching watching = new Watching();
		watching.look(Duration.ofMinutes(1), backup(BackupState.COMPLETED, 100), new BucketSilent("503"));

		watching.look(Duration.ofSeconds(11 * 60 + 1), backup(BackupState.COMPLETED, 100), new BucketSilent("503"));

		assertThat(watching.outcome).isEqualTo(new Failed(FailureCode.TARGET_UNREACHABLE,
				"the bucket has not answered since 2026-11-22T02:31:00Z: 503"));
	}

	@Test
	void nothingIsAwaitedBeyondTheTotal() {
		Watching watching = new Watching();

		watching.look(Duration.ofHours(6).plusSeconds(1), backup(BackupState.IN_PROGRESS, 60), new NotAsked());

		assertThat(watching.outcome).isEqualTo(new Failed(FailureCode.TIMED_OUT, "not finished within PT6H"));
	}

	@Test
	void theBucketIsNotAskedWhileTheClusterShowsProgress() {
		BackupWatch watch = BackupWatch.begin(BOUNDS, T0);
		watch = watch.look(backup(BackupState.IN_PROGRESS, 10), new NotAsked(), T0).next();

		assertThat(watch.needsBucket(backup(BackupState.IN_PROGRESS, 10), T0.plusSeconds(89))).isFalse();
		assertThat(watch.needsBucket(backup(BackupState.IN_PROGRESS, 10), T0.plusSeconds(90))).isTrue();
		assertThat(watch.needsBucket(backup(BackupState.IN_PROGRESS, 11), T0.plusSeconds(90))).isFalse();
		assertThat(watch.needsBucket(backup(BackupState.ERROR, 10), T0.plusSeconds(90))).isFalse();
		assertThat(watch.needsBucket(new ClusterSilent("refused"), T0.plusSeconds(90))).isFalse();
	}

	@Test
	void theBucketIsAskedWhereOnlyItCanTell() {
		BackupWatch watch = BackupWatch.begin(BOUNDS, T0);

		assertThat(watch.needsBucket(backup(BackupState.COMPLETED, 100), T0)).isTrue();
		assertThat(watch.needsBucket(new Absent(), T0)).isTrue();
	}

	@Test
	void aShortStallLimitAsksInTimeForTheBucketsWord() {
		Bounds hasty = new Bounds(Duration.ofSeconds(4), Duration.ofSeconds(1), Duration.ofSeconds(1),
				Duration.ofHours(1));
		BackupWatch watch = BackupWatch.begin(hasty, T0)
			.look(backup(BackupState.IN_PROGRESS, 10), new NotAsked(), T0)
			.next();

		assertThat(watch.needsBucket(backup(BackupState.IN_PROGRESS, 10), T0.plusSeconds(2))).isTrue();
	}

	@Test
	void boundsArePositive() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Bounds(Duration.ZERO, Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1)))
			.withMessage("stall must be positive, not PT0S");
	}

	private static InCluster backup(BackupState state, int progress) {
		return backup(state, progress, 0);
	}

	private static InCluster backup(BackupState state, int progress, long uploaded) {
		return new Reported(new Backup(new BackupName("nightly-1"), new VolumeName("data"), "default",
				new SnapshotName("nightly-1"), state, progress, ByteSize.ZERO, new ByteSize(uploaded), "", "", null,
				Map.of()));
	}

	private static InCluster failed(BackupState state, String error) {
		return new Reported(new Backup(new BackupName("nightly-1"), new VolumeName("data"), "default",
				new SnapshotName("nightly-1"), state, 0, ByteSize.ZERO, ByteSize.ZERO, error, "", null, Map.of()));
	}

	private static Told told(Manifest manifest, Integer secondsSinceLife) {
		Instant observedAt = T0.plus(AHEAD);
		return new Told(new Testimony(manifest,
				(secondsSinceLife != null) ? observedAt.minusSeconds(secondsSinceLife) : null, observedAt));
	}

	private static final class Watching {

		private BackupWatch watch = BackupWatch.begin(BOUNDS, T0);

		private Outcome outcome = new Waiting();

		void look(Duration after, InCluster inCluster, InBucket inBucket) {
			BackupWatch.Step step = watch.look(inCluster, inBucket, T0.plus(after));
			watch = step.next();
			outcome = step.outcome();
		}

	}

}
