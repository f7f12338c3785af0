package dev.longhaul.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.cluster.BackupRequest;
import dev.longhaul.core.cluster.SnapshotRequest;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.cluster.LonghornVolumeCluster;
import dev.longhaul.longhorn.crd.Backup;
import dev.longhaul.longhorn.crd.BackupTarget;
import dev.longhaul.longhorn.crd.Snapshot;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.simulator.control.Stored;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a test does with a shared cluster: it has volumes of its own, and asks for
 * snapshots and backups as production code does.
 */
public final class ClusterSession {

	/** Of a machine that does other things too. */
	private static final Duration PATIENCE = Duration.ofSeconds(45);

	private static final AtomicInteger COUNT = new AtomicInteger();

	private final SimulatedCluster cluster;

	private final LonghornVolumeCluster longhorn;

	private final Random random = new Random(5);

	public ClusterSession(SimulatedCluster cluster) {
		this.cluster = cluster;
		this.longhorn = new LonghornVolumeCluster(cluster.client(), SimulatedCluster.NAMESPACE, Clock.systemUTC());
	}

	public SimulatedCluster cluster() {
		return cluster;
	}

	public LonghornVolumeCluster longhorn() {
		return longhorn;
	}

	/** A name nothing else has. */
	public String unique(String prefix) {
		return prefix + "-" + COUNT.incrementAndGet();
	}

	/** A volume of 64 MiB with some MiB of files in it, detached. */
	public VolumeName volume(int mebibytes) {
		String name = unique("vol");
		cluster.createVolume(VolumePlan.of(name, ByteSize.ofMebibytes(64), "shop/" + name)
			.withContents(files -> fill(files, mebibytes)));
		return new VolumeName(name);
	}

	private void fill(Path files, int mebibytes) throws IOException {
		for (int i = 0; i < mebibytes; i++) {
			byte[] content = new byte[1024 * 1024];
			random.nextBytes(content);
			Files.write(files.resolve("file-" + i), content);
		}
		Files.write(files.resolve("hello"), "world".getBytes(StandardCharsets.UTF_8));
	}

	public SnapshotName askForSnapshot(VolumeName volume) {
		SnapshotName name = new SnapshotName(unique("snap"));
		longhorn.takeSnapshot(new SnapshotRequest(name, volume, Map.of("longhaul.dev/run", "r1")));
		return name;
	}

	public SnapshotName takeSnapshot(VolumeName volume) {
		SnapshotName name = askForSnapshot(volume);
		awaitTrue(name + " to be ready", () -> snapshot(name).view().getStatus() != null
				&& Boolean.TRUE.equals(snapshot(name).view().getStatus().getReadyToUse()));
		return name;
	}

	public BackupName askForBackup(VolumeName volume, SnapshotName snapshot) {
		BackupName name = new BackupName(unique("backup"));
		longhorn.makeBackup(new BackupRequest(name, volume, snapshot, "default", Map.of("longhaul.dev/run", "r1")));
		return name;
	}

	public BackupName makeBackup(VolumeName volume, SnapshotName snapshot) {
		BackupName name = askForBackup(volume, snapshot);
		awaitDone(name);
		return name;
	}

	public BackupName makeBackup(VolumeName volume) {
		return makeBackup(volume, takeSnapshot(volume));
	}

	public void awaitDone(BackupName name) {
		awaitTrue(name + " to end",
				() -> longhorn.findBackup(name).filter(found -> found.isReportedComplete()).isPresent()
						|| "Error".equals(backup(name).view().getStatus().getState()));
		assertThat(backup(name).view().getStatus().getError()).as("error of %s", name).isNullOrEmpty();
	}

	public void awaitState(BackupName name, String state) {
		awaitTrue(name + " to be " + state, () -> state.equals(backup(name).view().getStatus().getState()));
	}

	public Stored<Volume> volume(VolumeName name) {
		return cluster.objects().find(Volume.class, name.value()).orElseThrow();
	}

	public Stored<Snapshot> snapshot(SnapshotName name) {
		return find(name).orElseThrow();
	}

	public Optional<Stored<Snapshot>> find(SnapshotName name) {
		return cluster.objects().find(Snapshot.class, name.value());
	}

	public Stored<Backup> backup(BackupName name) {
		return find(name).orElseThrow();
	}

	public Optional<Stored<Backup>> find(BackupName name) {
		return cluster.objects().find(Backup.class, name.value());
	}

	/** A pod that mounts what {@link #volume} made; not in the API yet. */
	public Pod podUsing(VolumeName volume) {
		return new PodBuilder().withNewMetadata()
			.withName(volume + "-0")
			.withNamespace("shop")
			.endMetadata()
			.withNewSpec()
			.withNodeName(ClusterPlan.NODE)
			.addNewContainer()
			.withName("app")
			.withImage("example.invalid/app")
			.endContainer()
			.addNewVolume()
			.withName("data")
			.withNewPersistentVolumeClaim()
			.withClaimName(volume.value())
			.endPersistentVolumeClaim()
			.endVolume()
			.endSpec()
			.build();
	}

	/** Has Longhorn look at the target now, as its poll does. */
	public void sync() {
		awaitTrue("a sync to be asked for", () -> {
			Stored<BackupTarget> target = cluster.objects().find(BackupTarget.class, "default").orElseThrow();
			// Only a request that differs from the last one is a change that Longhorn
			// sees.
			String latest = Stream
				.of(target.view().getStatus().getLastSyncedAt(), target.view().getSpec().getSyncRequestedAt(),
						Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString())
				.filter(time -> time != null && !time.isEmpty())
				.max(Comparator.comparing(Instant::parse))
				.orElseThrow();
			target.view().getSpec().setSyncRequestedAt(Instant.parse(latest).plusSeconds(1).toString());
			try {
				cluster.objects().write(BackupTarget.class, target);
				return true;
			}
			catch (KubernetesClientException ex) {
				return false;
			}
		});
	}

	/** Keys in the bucket below the folder of a volume. */
	public List<String> stored(VolumeName volume, String folder) {
		String prefix = cluster.target().layout().volumePrefix(volume) + folder;
		return cluster.target().store().list(prefix, "").objects().stream().map(object -> object.key()).toList();
	}

	public static void awaitTrue(String what, Callable<Boolean> condition) {
		await(what).until(() -> {
			try {
				return condition.call();
			}
			catch (NullPointerException | NoSuchElementException ex) {
				return false;
			}
		});
	}

	public static ConditionFactory await(String what) {
		return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(20));
	}

}
