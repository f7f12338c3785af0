package dev.longhaul.simulator.longhorn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.longhaul.longhorn.crd.Backup;
import dev.longhaul.longhorn.crd.BackupSpec;
import dev.longhaul.longhorn.crd.Snapshot;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.longhorn.crd.VolumeSpec;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Stored;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import org.jspecify.annotations.Nullable;

/**
 * What Longhorn's mutating webhook fills in. Here the controllers do it when they first
 * see an object, because nothing can put itself before an API that is not ours; so for a
 * moment an object is there without it. {@link LonghornWebhook} refuses.
 */
final class Admission {

	private static final long SIZE_UNIT = 2L * 1024 * 1024;

	private final LonghornObjects objects;

	private final LonghornRelease release;

	Admission(LonghornObjects objects, LonghornRelease release) {
		this.objects = objects;
		this.release = release;
	}

	/**
	 * Completes a volume.
	 * @param source what it is to be restored from, which decides its size and target
	 */
	Stored<Volume> volume(Stored<Volume> volume, Optional<RestoreSource> source) {
		VolumeSpec spec = volume.view().getSpec();
		if (source.isPresent() && !Boolean.TRUE.equals(VolumeController.status(volume).getRestoreInitiated())) {
			spec.setSize(source.get().size());
			label(volume, Words.BACKUP_VOLUME_LABEL, source.get().volume().value());
			if (release.hasSeveralTargets()) {
				spec.setBackupTargetName(
						orElse(source.get().backup().label(Words.BACKUP_TARGET_LABEL), Words.DEFAULT_TARGET));
			}
		}
		label(volume, Words.VOLUME_LABEL, volume.name());
		LonghornSettings settings = new LonghornSettings(objects);
		spec.setSize(Long.toString(roundedUp(spec.getSize())));
		spec.setNumberOfReplicas((spec.getNumberOfReplicas() == null || spec.getNumberOfReplicas() == 0)
				? settings.number("default-replica-count", 3) : spec.getNumberOfReplicas());
		spec.setDataEngine(orElse(spec.getDataEngine(), "v1"));
		spec.setAccessMode(orElse(spec.getAccessMode(), "rwo"));
		spec.setDataLocality(orElse(spec.getDataLocality(), "disabled"));
		if (isUnset(spec.getImage())) {
			spec.setImage(settings.text("default-engine-image", "longhornio/longhorn-engine:" + release));
		}
		if (isUnset(spec.getBackupCompressionMethod())) {
			spec.setBackupCompressionMethod(settings.text("backup-compression-method", "lz4"));
		}
		spec.setSnapshotDataIntegrity(orElse(spec.getSnapshotDataIntegrity(), "ignored"));
		spec.setUnmapMarkSnapChainRemoved(orElse(spec.getUnmapMarkSnapChainRemoved(), "ignored"));
		spec.setReplicaAutoBalance(orElse(spec.getReplicaAutoBalance(), "ignored"));
		spec.setRestoreVolumeRecurringJob(orElse(spec.getRestoreVolumeRecurringJob(), "ignored"));
		spec.setSnapshotMaxCount((spec.getSnapshotMaxCount() == null || spec.getSnapshotMaxCount() == 0)
				? settings.number("snapshot-max-count", 250) : spec.getSnapshotMaxCount());
		if (release.hasSeveralTargets()) {
			spec.setBackupTargetName(orElse(spec.getBackupTargetName(), Words.DEFAULT_TARGET));
			label(volume, Words.BACKUP_TARGET_LABEL, spec.getBackupTargetName());
		}
		if (release.hasBlockSizes() && isUnset(spec.getBackupBlockSize())) {
			long mebibytes = settings.number("default-backup-block-size", 2);
			spec.setBackupBlockSize(Long.toString(mebibytes * 1024 * 1024));
		}
		return admitted(Volume.class, volume);
	}

	/** Completes a snapshot. */
	Stored<Snapshot> snapshot(Stored<Snapshot> snapshot, Stored<Volume> volume) {
		label(snapshot, Words.VOLUME_LABEL, volume.name());
		own(snapshot, volume);
		return admitted(Snapshot.class, snapshot);
	}

	/**
	 * Completes a backup that is to be made.
	 */
	Stored<Backup> backup(Stored<Backup> backup) {
		BackupSpec spec = backup.view().getSpec();
		Optional<Stored<Volume>> volume = volumeOf(backup);
		if (release.completesBackups() && volume.isPresent()) {
			label(backup, Words.BACKUP_VOLUME_LABEL, volume.get().name());
		}
		if (release.hasSeveralTargets() && volume.isPresent() && backup.label(Words.BACKUP_TARGET_LABEL).isEmpty()) {
			label(backup, Words.BACKUP_TARGET_LABEL,
					orElse(volume.get().view().getSpec().getBackupTargetName(), Words.DEFAULT_TARGET));
		}
		if (release.hasBackupModes()) {
			spec.setBackupMode(orElse(spec.getBackupMode(), "incremental"));
		}
		if (release.hasBlockSizes()) {
			spec.setBackupBlockSize(orElse(spec.getBackupBlockSize(),
					volume.map(found -> found.view().getSpec().getBackupBlockSize()).orElse("2097152")));
		}
		Map<String, String> labels = new HashMap<>(Objects.requireNonNullElse(spec.getLabels(), Map.of()));
		labels.putIfAbsent(Words.ACCESS_MODE_LABEL,
				volume.map(found -> orElse(found.view().getSpec().getAccessMode(), "rwo")).orElse("rwo"));
		spec.setLabels(labels);
		return admitted(Backup.class, backup);
	}

	/** Gives an object the finalizer that every kind has, and writes it. */
	<T extends CustomResource<?, ?>> Stored<T> admitted(Class<T> type, Stored<T> stored) {
		if (!stored.finalizers().contains(Words.FINALIZER)) {
			List<String> finalizers = new ArrayList<>(stored.finalizers());
			finalizers.add(Words.FINALIZER);
			stored.metadata().setFinalizers(finalizers);
		}
		return objects.write(type, stored);
	}

	private Optional<Stored<Volume>> volumeOf(Stored<Backup> backup) {
		String labelled = backup.label(Words.BACKUP_VOLUME_LABEL);
		if (!labelled.isEmpty()) {
			return objects.find(Volume.class, labelled);
		}
		return objects.find(Snapshot.class, orElse(backup.view().getSpec().getSnapshotName(), ""))
			.flatMap(snapshot -> objects.find(Volume.class, snapshot.view().getSpec().getVolume()));
	}

	static void label(Stored<?> stored, String key, String value) {
		Map<String, String> labels = new HashMap<>(stored.labels());
		labels.put(key, value);
		stored.metadata().setLabels(labels);
	}

	static void own(Stored<?> stored, Stored<?> owner) {
		stored.metadata().setOwnerReferences(List.of(reference(owner)));
	}

	static OwnerReference reference(Stored<?> owner) {
		return new OwnerReferenceBuilder().withApiVersion(Words.API_VERSION)
			.withKind(owner.view().getKind())
			.withName(owner.name())
			.withUid(owner.metadata().getUid())
			.build();
	}

	private static long roundedUp(String size) {
		long bytes = Long.parseLong(orElse(size, "0"));
		return (bytes + SIZE_UNIT - 1) / SIZE_UNIT * SIZE_UNIT;
	}

	private static boolean isUnset(@Nullable String value) {
		return value == null || value.isEmpty();
	}

	static String orElse(@Nullable String value, String unset) {
		return (value == null || value.isEmpty()) ? unset : value;
	}

}
