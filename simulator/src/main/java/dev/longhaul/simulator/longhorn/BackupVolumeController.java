package dev.longhaul.simulator.longhorn;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.backupstore.inventory.Inventory;
import dev.longhaul.backupstore.inventory.VolumeFolder;
import dev.longhaul.backupstore.write.BackupstoreWriter;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.Backup;
import dev.longhaul.longhorn.crd.BackupSpec;
import dev.longhaul.longhorn.crd.BackupStatus;
import dev.longhaul.longhorn.crd.BackupTarget;
import dev.longhaul.longhorn.crd.BackupVolume;
import dev.longhaul.longhorn.crd.BackupVolumeStatus;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Next;
import dev.longhaul.simulator.control.Reconciler;
import dev.longhaul.simulator.control.Stored;
import dev.longhaul.simulator.engine.Target;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/**
 * Plays the backup volume controller: keeps the Backup objects of a volume in step with
 * what the target holds of it. An error of the target ends a sync without a word; the
 * next request begins another one.
 */
final class BackupVolumeController implements Reconciler {

	/**
	 * Stores tell times to the second, and here a whole backup takes less: a time that is
	 * younger does not say that nothing was written after it.
	 */
	private static final Duration RESOLUTION = Duration.ofSeconds(2);

	private static final long COUNTED_BLOCK = 2L * 1024 * 1024;

	private static final Set<String> FAILED = Set.of(Words.Backups.ERROR, Words.Backups.UNKNOWN);

	private final LonghornParts parts;

	private final LonghornObjects objects;

	private final Admission admission;

	BackupVolumeController(LonghornParts parts) {
		this.parts = parts;
		this.objects = parts.objects();
		this.admission = new Admission(objects, parts.release());
	}

	@Override
	public Next reconcile(String name) {
		Optional<Stored<BackupVolume>> found = objects.find(BackupVolume.class, name);
		if (found.isEmpty()) {
			return Next.onChange();
		}
		if (found.get().isDeleting()) {
			return delete(found.get());
		}
		Stored<BackupVolume> backupVolume = admission.admitted(BackupVolume.class, found.get());
		BackupVolumeStatus status = status(backupVolume);
		if (Times.isRequested(backupVolume.view().getSpec().getSyncRequestedAt(), status.getLastSyncedAt())) {
			target(backupVolume).ifPresent(target -> sync(backupVolume, target));
		}
		return Next.onChange();
	}

	private Optional<Stored<BackupTarget>> target(Stored<BackupVolume> backupVolume) {
		return objects.find(BackupTarget.class, targetName(backupVolume)).filter(BackupPlaces::isAvailable);
	}

	private void sync(Stored<BackupVolume> backupVolume, Stored<BackupTarget> target) {
		try {
			Target open = parts.targets().open(target);
			VolumeName volume = new VolumeName(volumeName(backupVolume));
			Optional<VolumeFolder> folder = new Inventory(open.store(), open.layout()).volume(volume);
			Set<String> there = folder.map(VolumeFolder::manifests)
				.orElse(List.of())
				.stream()
				.map(file -> file.backup().value())
				.collect(Collectors.toSet());
			List<Stored<Backup>> here = backups(backupVolume);
			boolean changed = follow(backupVolume, open, there, here);
			readConfig(backupVolume, open, volume, folder, changed);
		}
		catch (LonghaulException | MalformedException ex) {
			return;
		}
		BackupVolumeStatus status = status(backupVolume);
		status.setLastSyncedAt(Times.doneAfter(backupVolume.view().getSpec().getSyncRequestedAt(), parts.clock()));
		objects.writeStatus(BackupVolume.class, backupVolume);
	}

	private List<Stored<Backup>> backups(Stored<BackupVolume> backupVolume) {
		return objects.list(Backup.class, Map.of(Words.BACKUP_VOLUME_LABEL, volumeName(backupVolume)))
			.stream()
			.filter(backup -> !parts.release().hasSeveralTargets()
					|| backup.label(Words.BACKUP_TARGET_LABEL).equals(targetName(backupVolume)))
			.toList();
	}

	/**
	 * Makes and removes objects; what is made here and not complete is left alone, unless
	 * it failed long ago.
	 * @return whether there was anything to do
	 */
	private boolean follow(Stored<BackupVolume> backupVolume, Target target, Set<String> there,
			List<Stored<Backup>> here) {
		boolean changed = false;
		Set<String> names = here.stream().map(Stored::name).collect(Collectors.toSet());
		for (String name : there) {
			if (!names.contains(name)) {
				pull(backupVolume, target, name);
				changed = true;
			}
		}
		for (Stored<Backup> backup : here) {
			if (backup.isDeleting()) {
				continue;
			}
			if (isFailedForLong(backup)) {
				objects.delete(Backup.class, backup.name());
			}
			else if (isMirrored(backup) && !there.contains(backup.name())) {
				forget(backup);
				changed = true;
			}
		}
		return changed;
	}

	private static boolean isMirrored(Stored<Backup> backup) {
		boolean madeHere = !Admission.orElse(backup.view().getSpec().getSnapshotName(), "").isEmpty();
		BackupStatus status = BackupController.status(backup);
		return !madeHere || (Words.Backups.COMPLETED.equals(status.getState()) && status.getLastSyncedAt() != null);
	}

	private boolean isFailedForLong(Stored<Backup> backup) {
		BackupStatus status = BackupController.status(backup);
		Duration ttl = parts.settings().failedBackupTtl();
		return FAILED.contains(Admission.orElse(status.getState(), "")) && !ttl.isZero()
				&& status.getLastSyncedAt() != null
				&& Instant.parse(status.getLastSyncedAt()).plus(ttl).isBefore(parts.clock().instant());
	}

	private void pull(Stored<BackupVolume> backupVolume, Target target, String name) {
		Backup backup = new Backup();
		backup.setMetadata(new ObjectMetaBuilder().withName(name)
			.withFinalizers(Words.FINALIZER)
			.withLabels(labels(backupVolume))
			.withOwnerReferences(Admission.reference(backupVolume))
			.build());
		BackupSpec spec = new BackupSpec();
		Optional<BackupManifest> manifest = manifest(target, new VolumeName(volumeName(backupVolume)),
				new BackupName(name));
		if (parts.release().hasBackupModes()) {
			spec.setBackupMode("incremental");
		}
		if (parts.release().hasBlockSizes()) {
			spec.setBackupBlockSize(manifest.map(found -> Integer.toString(found.blockSize().bytes())).orElse("-1"));
		}
		manifest.map(found -> found.labels().get(Words.ACCESS_MODE_LABEL))
			.ifPresent(mode -> spec.setLabels(Map.of(Words.ACCESS_MODE_LABEL, mode)));
		backup.setSpec(spec);
		objects.createOnce(Backup.class, backup);
	}

	private Map<String, String> labels(Stored<BackupVolume> backupVolume) {
		String volume = volumeName(backupVolume);
		return parts.release().hasSeveralTargets()
				? Map.of(Words.BACKUP_VOLUME_LABEL, volume, Words.BACKUP_TARGET_LABEL, targetName(backupVolume))
				: Map.of(Words.BACKUP_VOLUME_LABEL, volume);
	}

	/** Empty also for one that is not finished: its block size is not known then. */
	private static Optional<BackupManifest> manifest(Target target, VolumeName volume, BackupName name) {
		try {
			return new TargetFiles(target).manifest(volume, name).filter(BackupManifest::isFinished);
		}
		catch (MalformedException ex) {
			return Optional.empty();
		}
	}

	private void forget(Stored<Backup> backup) {
		Admission.label(backup, Words.ONLY_RESOURCE_LABEL, "");
		objects.write(Backup.class, backup);
		objects.delete(Backup.class, backup.name());
	}

	private void readConfig(Stored<BackupVolume> backupVolume, Target target, VolumeName volume,
			Optional<VolumeFolder> folder, boolean changed) throws MalformedException {
		BackupVolumeStatus status = status(backupVolume);
		if (folder.isEmpty() || folder.get().config() == null) {
			return;
		}
		Instant lastModified = Objects.requireNonNull(folder.get().config()).lastModified();
		String modified = Times.text(lastModified);
		boolean isYoung = lastModified.plus(RESOLUTION).isAfter(parts.clock().instant());
		if (modified.equals(status.getLastModificationTime()) && !changed && !isYoung) {
			return;
		}
		Optional<VolumeConfig> read = new TargetFiles(target).config(volume);
		if (read.isEmpty()) {
			return;
		}
		VolumeConfig config = read.get();
		boolean newest = !config.lastBackupName().equals(status.getLastBackupName());
		status.setLastModificationTime(modified);
		status.setLastBackupName(config.lastBackupName());
		status.setLastBackupAt((config.lastBackupAt() != null) ? Times.text(config.lastBackupAt()) : "");
		status.setCreatedAt((config.createdAt() != null) ? Times.text(config.createdAt()) : "");
		status.setSize(Long.toString(config.size().bytes()));
		status.setDataStored(Long.toString(config.blockCount() * COUNTED_BLOCK));
		status.setLabels(config.labels());
		status.setBackingImageName(config.backingImage());
		status.setBackingImageChecksum(config.backingImageChecksum());
		status.setStorageClassName(config.storageClass());
		status.setMessages(null);
		if (newest && !config.lastBackupName().isEmpty()) {
			objects.find(Backup.class, config.lastBackupName()).filter(this::isPulled).ifPresent(backup -> {
				backup.view()
					.getSpec()
					.setSyncRequestedAt(
							Times.requestAfter(BackupController.status(backup).getLastSyncedAt(), parts.clock()));
				objects.write(Backup.class, backup);
			});
		}
	}

	private boolean isPulled(Stored<Backup> backup) {
		return Admission.orElse(backup.view().getSpec().getSnapshotName(), "").isEmpty();
	}

	/** Deletes the whole folder of the volume in the target, unless it is told not to. */
	private Next delete(Stored<BackupVolume> backupVolume) {
		Optional<Stored<BackupTarget>> target = target(backupVolume);
		if (!backupVolume.labels().containsKey(Words.ONLY_RESOURCE_LABEL) && target.isPresent()) {
			try {
				Target open = parts.targets().open(target.get());
				new BackupstoreWriter(open.store(), open.layout(), parts.timing().lockPace(), parts.clock(),
						Pause.real())
					.delete(new VolumeName(volumeName(backupVolume)));
			}
			catch (LonghaulException ex) {
				status(backupVolume).setMessages(Map.of("error", ex.fact()));
				objects.writeStatus(BackupVolume.class, backupVolume);
				return Next.after(parts.timing().deletionRetry());
			}
		}
		backups(backupVolume).forEach(this::forget);
		objects.release(BackupVolume.class, backupVolume, Words.FINALIZER);
		return Next.onChange();
	}

	private String volumeName(Stored<BackupVolume> backupVolume) {
		return parts.release().hasSeveralTargets() ? Admission.orElse(backupVolume.view().getSpec().getVolumeName(), "")
				: backupVolume.name();
	}

	private String targetName(Stored<BackupVolume> backupVolume) {
		return parts.release().hasSeveralTargets()
				? Admission.orElse(backupVolume.view().getSpec().getBackupTargetName(), Words.DEFAULT_TARGET)
				: Words.DEFAULT_TARGET;
	}

	private static BackupVolumeStatus status(Stored<BackupVolume> backupVolume) {
		if (backupVolume.view().getStatus() == null) {
			backupVolume.view().setStatus(new BackupVolumeStatus());
		}
		return backupVolume.view().getStatus();
	}

}
