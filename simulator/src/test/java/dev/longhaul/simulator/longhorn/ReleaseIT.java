package dev.longhaul.simulator.longhorn;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.Backup;
import dev.longhaul.longhorn.crd.BackupVolume;
import dev.longhaul.longhorn.crd.Setting;
import dev.longhaul.simulator.ClusterPlan;
import dev.longhaul.simulator.ClusterSession;
import dev.longhaul.simulator.SharedClusters;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.control.Stored;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What differs from one Longhorn to the next, each in a cluster of its own.
 */
class ReleaseIT {

	@TempDir
	Path directory;

	@ParameterizedTest(name = "{0}")
	@CsvSource({
			// release, name of the BackupVolume, replicas, mode, block size
			"v1.6.4,  V,                 3,                             '',          ''",
			"v1.7.3,  V,                 3,                             incremental, ''",
			"v1.8.2,  V-[0-9a-f]{8},     3,                             incremental, ''",
			"v1.9.1,  V-HASH,            3,                             incremental, ''",
			"v1.10.1, V-HASH,            '{\"v1\":\"3\",\"v2\":\"3\"}', incremental, 2097152",
			"v1.11.2, V-HASH,            '{\"v1\":\"3\",\"v2\":\"3\"}', incremental, 2097152",
			"v1.12.1, V-HASH,            '{\"v1\":\"3\",\"v2\":\"3\"}', incremental, 2097152" })
	void releaseWritesWhatThatReleaseWrites(String release, String backupVolumeName, String replicas, String mode,
			String blockSize) throws Exception {
		try (SharedClusters.Bucket bucket = SharedClusters.Bucket.start(directory.resolve("bucket"));
				SimulatedCluster cluster = start(release, bucket)) {
			ClusterSession session = new ClusterSession(cluster);
			VolumeName volume = session.volume(1);

			Backup backup = session.backup(session.makeBackup(volume)).view();
			ClusterSession.awaitTrue("the backup volume", () -> !backupVolumes(cluster).isEmpty());

			String hash = BackupTargetController.shortHash(volume + "-default");
			assertThat(backupVolumes(cluster)).singleElement()
				.satisfies(found -> assertThat(found.name())
					.matches(backupVolumeName.replace("V", volume.value()).replace("HASH", hash)));
			assertThat(setting(cluster, "current-longhorn-version")).contains(release);
			assertThat(setting(cluster, "default-replica-count")).contains(replicas);
			assertThat(orEmpty(backup.getSpec().getBackupMode())).isEqualTo(mode);
			assertThat(orEmpty(backup.getSpec().getBackupBlockSize())).isEqualTo(blockSize);
		}
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "v1.7.3, false", "v1.8.2, true" })
	void targetIsDescribedBySettingsBefore18AndByItsObjectSince(String release, boolean several) throws Exception {
		try (SharedClusters.Bucket bucket = SharedClusters.Bucket.start(directory.resolve("bucket"));
				SimulatedCluster cluster = start(release, bucket)) {
			ClusterSession session = new ClusterSession(cluster);

			Stored<Backup> backup = session.backup(session.makeBackup(session.volume(1)));

			assertThat(backup.labels().containsKey("backup-target")).isEqualTo(several);
			assertThat(setting(cluster, "backup-target").isEmpty()).isEqualTo(several);
			assertThat(orEmpty(backup.view().getStatus().getBackupTargetName())).isEqualTo(several ? "default" : "");
		}
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "v1.11.2, ''", "v1.12.1, [-0-9]+T[:0-9]+Z" })
	void snapshotSaysSince112WhenItWasAskedFor(String release, String requested) throws Exception {
		try (SharedClusters.Bucket bucket = SharedClusters.Bucket.start(directory.resolve("bucket"));
				SimulatedCluster cluster = start(release, bucket)) {
			ClusterSession session = new ClusterSession(cluster);

			SnapshotName snapshot = session.takeSnapshot(session.volume(0));

			assertThat(orEmpty(session.snapshot(snapshot).view().getStatus().getRequestedTime())).matches(requested);
		}
	}

	private SimulatedCluster start(String release, SharedClusters.Bucket bucket) throws IOException {
		SimulatedCluster cluster = SimulatedCluster
			.start(ClusterPlan.in(directory.resolve("cluster"), Clock.systemUTC()).withRelease(release));
		cluster.useTarget(bucket.url(), bucket.variables(), Duration.ofSeconds(2));
		return cluster;
	}

	private static List<Stored<BackupVolume>> backupVolumes(SimulatedCluster cluster) {
		return cluster.objects().list(BackupVolume.class);
	}

	private static Optional<String> setting(SimulatedCluster cluster, String name) {
		return cluster.objects().find(Setting.class, name).map(found -> found.view().getValue());
	}

	private static String orEmpty(@Nullable String value) {
		return Objects.requireNonNullElse(value, "");
	}

}
