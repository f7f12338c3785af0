package dev.longhaul.batch.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.cluster.BackupRequest;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.volume.FileSystem;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the first block of a backup says.
 */
class TargetBackupsTest {

	private static final Night NIGHT = new Night(new JobName("nightly"), Instant.parse("2026-11-22T02:30:00Z"));

	private static final VolumeName VOLUME = new VolumeName("pvc-1");

	private static final BackupName BACKUP = new BackupName("backup-1");

	private final VirtualTime time = new VirtualTime(NIGHT.scheduledFor());

	private final MemoryBucket bucket = new MemoryBucket(time);

	private final BackupstoreLayout layout = new BackupstoreLayout("");

	private final ClockworkCluster cluster = new ClockworkCluster(bucket, layout, time);

	private final TargetBackups target = new TargetBackups(new ObjectReader(bucket, time), layout);

	@BeforeEach
	void addAVolume() {
		cluster.add("pvc-1", "gitea/data");
	}

	@Test
	void theBeginningOfABackupTellsItsFileSystem() {
		TargetBackups.Stored stored = backUp();

		byte[] beginning = target.beginning(stored).orElseThrow();

		assertThat(beginning).hasSize(FileSystem.BEGINNING);
		assertThat(FileSystem.of(beginning)).isPresent();
	}

	@Test
	void aVolumeOfWhichTheFirstBlockWasNeverWrittenHasNoBeginning() {
		cluster.disks().holds("pvc-1", 0);

		assertThat(target.beginning(backUp())).isEmpty();
	}

	@Test
	void aBlockThatIsGoneOrDamagedTellsNothing() {
		TargetBackups.Stored stored = backUp();
		String key = bucket.keys().stream().filter(each -> each.endsWith(".blk")).findFirst().orElseThrow();

		bucket.put(key, new byte[2 * 1024 * 1024]);
		assertThatExceptionOfType(DamagedData.class).isThrownBy(() -> target.beginning(stored))
			.withMessageStartingWith(key + ": its content has the checksum ")
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.BACKUP_DAMAGED));
		bucket.put(key, new byte[3 * 1024 * 1024]);
		assertThatExceptionOfType(DamagedData.class).isThrownBy(() -> target.beginning(stored))
			.withMessageStartingWith(key + ": ");
		bucket.delete(List.of(key));
		assertThatExceptionOfType(DamagedData.class).isThrownBy(() -> target.beginning(stored))
			.withMessage(key + ": the block is missing");
	}

	private TargetBackups.Stored backUp() {
		cluster.makeBackup(new BackupRequest(BACKUP, VOLUME, new SnapshotName("snapshot-1"), "default", Map.of()));
		time.of(Duration.ofSeconds(10));
		var unusedWork = cluster.backups();
		time.of(Duration.ofMinutes(2));
		unusedWork = cluster.backups();
		return target.read(VOLUME, BACKUP);
	}

}
