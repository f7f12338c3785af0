package dev.longhaul.batch.backup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.inventory.BackupstoreWitness;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.backup.BackupTarget;
import dev.longhaul.core.backup.BackupWatch;
import dev.longhaul.core.cluster.BackupRequest;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.guard.Accepted;
import dev.longhaul.core.guard.Guard;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PreflightTest {

	private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-22T02:30:00Z"));

	private final BackupstoreLayout layout = new BackupstoreLayout("");

	private final MemoryBucket bucket = new MemoryBucket(time);

	private final ClockworkCluster cluster = new ClockworkCluster(bucket, layout, time);

	@Test
	void holdsWithoutWarningInAnOrdinaryNight() {
		assertThat(preflight(bucket, time).check()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					nas     | s3://bucket@region/      | true  |               | Longhorn has no backup target 'default', only [nas]
					default | s3://other@region/       | true  |               | Longhorn's backup target 'default' is 's3://other@region/', the configuration says 's3://bucket@region/'
					default | s3://bucket@region/      | false | 403 Forbidden | Longhorn cannot reach its backup target 'default': 403 Forbidden
					""")
	void refusesATargetThatIsNotTheOne(String name, String url, boolean available, String message, String fact) {
		cluster.target(new BackupTarget(name, url, "secret", available, (message != null) ? message : ""));

		assertThatThrownBy(() -> preflight(bucket, time).check())
			.isInstanceOfSatisfying(RefusedRequest.class,
					(refused) -> assertThat(refused.code()).isEqualTo(FailureCode.PREFLIGHT_FAILED))
			.hasMessage(fact);
	}

	@Test
	void aTrailingSlashMakesNoOtherTarget() {
		cluster.target(new BackupTarget("default", "s3://bucket@region", "secret", true, ""));

		assertThat(preflight(bucket, time).check()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "-61, the clock here is 61 s behind that of the bucket",
			"150, the clock here is 150 s ahead of that of the bucket" })
	void warnsOfAClockThatDrifts(long seconds, String warning) {
		assertThat(preflight(bucket, Clock.offset(time, Duration.ofSeconds(seconds))).check()).containsExactly(warning);
	}

	@ParameterizedTest
	@CsvSource({ "-60", "0", "60" })
	void toleratesAMinute(long seconds) {
		assertThat(preflight(bucket, Clock.offset(time, Duration.ofSeconds(seconds))).check()).isEmpty();
	}

	@Test
	void refusesAClockThatMakesLocksWorthless() {
		assertThatThrownBy(() -> preflight(bucket, Clock.offset(time, Duration.ofSeconds(151))).check())
			.hasMessage("the clock here is 151 s ahead of that of the bucket; from 150 s on, Longhorn's locks protect "
					+ "nothing");
	}

	@Test
	void refusesABucketThatHoldsNoneOfLonghornsBackups() {
		MemoryBucket another = new MemoryBucket(time);
		makeABackup();

		assertThat(preflight(bucket, time).check()).isEmpty();
		assertThatThrownBy(() -> preflight(another, time).check())
			.hasMessage("of Longhorn's newest backups [earlier] not one is in memory://bucket");
	}

	@Test
	void aBucketThatDoesNotAnswerIsNotCalledWrong() {
		bucket.goDown();

		assertThatThrownBy(() -> preflight(bucket, time).check()).isInstanceOf(TransientFailure.class)
			.hasMessage("the bucket is down");
		assertThat(time.instant()).as("asked again for a minute")
			.isBetween("2026-11-22T02:31:00Z", "2026-11-22T02:31:03Z");
	}

	private void makeABackup() {
		cluster.add("pvc-1", "gitea/data");
		cluster.makeBackup(new BackupRequest(new BackupName("earlier"), new VolumeName("pvc-1"),
				new SnapshotName("earlier"), "default", Map.of()));
		time.of(Duration.ofMinutes(2));
		cluster.backups();
	}

	private Preflight preflight(ObjectStore store, Clock clock) {
		NightOrder order = new NightOrder(
				List.of(ApplicationDefinition.ofClaims(new ApplicationName("gitea"),
						List.of(ClaimRef.parse("gitea/data")))),
				null, new NightOrder.Target("default", "s3://bucket@region/", null), null,
				new NightOrder.Pace(1, 1, Duration.ofSeconds(2)),
				new NightOrder.Limits(Duration.ofMinutes(5), Duration.ofMinutes(1), new BackupWatch.Bounds(
						Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofHours(6))),
				new Guard(Guard.USUAL_SHRINK, Accepted.NOTHING));
		return new Preflight(cluster, store, new BackupstoreWitness(store, layout, time, time), order,
				new Perseverance(clock, time, new Patience(Duration.ofSeconds(3), Duration.ofMinutes(1))), clock);
	}

}
