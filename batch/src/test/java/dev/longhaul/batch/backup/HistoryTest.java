package dev.longhaul.batch.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HistoryTest {

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final ApplicationName VAULT = new ApplicationName("vault");

	private static final Night TONIGHT = night(10);

	private final VirtualTime time = new VirtualTime(TONIGHT.scheduledFor());

	private final MemoryBucket bucket = new MemoryBucket(time);

	private final RunCatalog catalog = new RunCatalog(bucket, new BackupstoreLayout("path/"), time, Seal.none());

	private final List<NightEvent> events = new ArrayList<>();

	private final History history = new History(catalog,
			new Perseverance(time, time, new Patience(Duration.ofSeconds(3), Duration.ofMinutes(1))), events::add);

	@Test
	void anApplicationThatHasFailedForNightsHasTheHistoryFromBefore() {
		record(0, GITEA, VAULT);
		for (int day = 1; day < 10; day++) {
			record(day, VAULT);
		}

		assertThat(history.last(TONIGHT, GITEA, claim(GITEA))).hasValue(backup(0, GITEA));
		assertThat(history.last(TONIGHT, VAULT, claim(VAULT))).hasValue(backup(9, VAULT));
		assertThat(events).isEmpty();
	}

	@Test
	void anotherApplicationWithTheSameClaimIsNoHistory() {
		record(9, GITEA);

		assertThat(history.last(TONIGHT, VAULT, claim(GITEA))).isEmpty();
	}

	/** The last night's own is warned of when tonight's manifest is written. */
	@Test
	void warnsOfManifestsThatAreNotBelieved() {
		record(7, GITEA);
		String older = damage(8);
		damage(9);

		assertThat(history.last(TONIGHT, GITEA, claim(GITEA))).hasValue(backup(7, GITEA));

		assertThat(events).singleElement()
			.isInstanceOfSatisfying(NightEvent.Warned.class,
					warned -> assertThat(warned.warning()).startsWith(older + " of "));
	}

	private String damage(int day) {
		String key = "path/longhaul/runs/nightly/%s/manifest.json".formatted(night(day).stamp());
		bucket.put(key, new byte[] { '{' });
		return key;
	}

	private void record(int day, ApplicationName... applications) {
		List<RestorePoint> points = Stream.of(applications)
			.map(application -> new RestorePoint(application, List.of(backup(day, application))))
			.toList();
		catalog.write(new RunManifest(night(day), null, "s3://bucket@region/", "v1.12.1", null,
				night(day).scheduledFor(), points, Map.of()));
	}

	private static VolumeBackup backup(int day, ApplicationName application) {
		return new VolumeBackup(claim(application), new VolumeName("pvc-" + application),
				new SnapshotName("snapshot-" + day), night(day).scheduledFor(), new BackupName("backup-" + day),
				ByteSize.ofMebibytes(2));
	}

	private static ClaimRef claim(ApplicationName application) {
		return new ClaimRef(application.toString(), "data");
	}

	private static Night night(int day) {
		return new Night(new JobName("nightly"), Instant.parse("2026-11-12T02:30:00Z").plus(Duration.ofDays(day)));
	}

}
