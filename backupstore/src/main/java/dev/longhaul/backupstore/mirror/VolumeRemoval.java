package dev.longhaul.backupstore.mirror;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.catalog.ExtraMemoryFile;
import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.inventory.Inventory;
import dev.longhaul.backupstore.inventory.VolumeConfigs;
import dev.longhaul.backupstore.inventory.VolumeFolder.ManifestFile;
import dev.longhaul.backupstore.inventory.VolumeFolder;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectTooLargeException;
import dev.longhaul.backupstore.verify.BackupDraft;
import dev.longhaul.backupstore.verify.BackupSet;
import dev.longhaul.backupstore.write.VolumeLock;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * Removes backups from one volume of a mirror, under the lock of a deletion. What the
 * plan saw is looked at again: the source may have them back.
 */
final class VolumeRemoval {

	private final Side source;

	private final Side destination;

	private final VolumeName volume;

	private final int indexCapacity;

	private final ObjectReader reader;

	private final ExtraMemoryFile memory;

	private final VolumeLock lock;

	VolumeRemoval(Side source, Side destination, VolumeName volume, int indexCapacity, Pause pause, VolumeLock lock) {
		this.source = source;
		this.destination = destination;
		this.volume = volume;
		this.indexCapacity = indexCapacity;
		this.reader = new ObjectReader(destination.store(), pause);
		this.memory = ExtraPlanner.memory(source, destination, pause);
		this.lock = lock;
	}

	/**
	 * @param approved to go; none if only blocks are left to be collected
	 */
	RemovedExtra remove(Set<BackupName> approved) throws IOException {
		VolumeFolder ours = folder(source);
		VolumeFolder there = folder(destination);
		Set<BackupName> back = inBoth(approved, ours);
		if (!back.isEmpty()) {
			return RemovedExtra.nothing(volume, "the source has %s again".formatted(back));
		}
		List<ManifestFile> going = there.manifests().stream().filter(file -> approved.contains(file.backup())).toList();
		List<ManifestFile> rest = there.manifests().stream().filter(file -> !going.contains(file)).toList();
		BackupSet remaining = new BackupSet(destination.store(), destination.layout(), reader, volume, rest,
				indexCapacity);
		remaining.inSlices((range, index) -> {
		});
		if (remaining.drafts().stream().noneMatch(draft -> isSound(draft) && ours.find(name(draft)).isPresent())) {
			return RemovedExtra.nothing(volume, "no finished backup that the source has too would remain");
		}
		memory.write(memory.read().begun(volume));
		String unreadable = adaptConfig(going, remaining);
		if (unreadable != null) {
			return RemovedExtra.nothing(volume, unreadable);
		}
		List<BackupName> gone = new ArrayList<>();
		for (ManifestFile manifest : going) {
			if (!isGone(manifest)) {
				return new RemovedExtra(volume, gone, Load.NONE,
						manifest.backup() + " was deleted, and is still there");
			}
			gone.add(manifest.backup());
		}
		UnusedBlocks unused = new UnusedBlocks(destination, volume, rest, lock);
		String left = unused.collect(remaining);
		if (left == null) {
			memory.write(memory.read().finished(volume));
		}
		return new RemovedExtra(volume, gone, unused.deleted(), left);
	}

	private VolumeFolder folder(Side side) {
		return new Inventory(side.store(), side.layout()).volume(volume)
			.orElse(new VolumeFolder(volume, null, List.of(), List.of()));
	}

	private static Set<BackupName> inBoth(Set<BackupName> approved, VolumeFolder ours) {
		return approved.stream().filter(backup -> ours.find(backup).isPresent()).collect(Collectors.toSet());
	}

	static boolean isSound(BackupDraft draft) {
		return draft.provable() != null && !draft.hasProblems();
	}

	private static BackupName name(BackupDraft draft) {
		return draft.file().backup();
	}

	/**
	 * Before the manifest goes, so that the volume never names a backup that is not
	 * there.
	 * @return why that cannot be done; null if it is done, or need not be
	 */
	private @Nullable String adaptConfig(List<ManifestFile> going, BackupSet remaining) {
		String key = destination.layout().volumeConfig(volume);
		try {
			Optional<byte[]> content = reader.readFully(key, VolumeConfigs.MAX_SIZE);
			if (content.isEmpty()) {
				return key + " is missing";
			}
			String last = VolumeConfigs.parse(content.get(), volume).lastBackupName();
			if (going.stream().anyMatch(manifest -> manifest.backup().value().equals(last))) {
				lock.requireHeld();
				destination.store().put(key, ConfigCopy.withNewestLast(content.get(), manifests(remaining)));
			}
			return null;
		}
		catch (MalformedException | ObjectTooLargeException ex) {
			return "%s: %s".formatted(key, ex.getMessage());
		}
	}

	private static List<BackupManifest> manifests(BackupSet remaining) {
		List<BackupManifest> manifests = new ArrayList<>();
		for (BackupDraft draft : remaining.drafts()) {
			BackupManifest manifest = draft.provable();
			if (manifest != null && !draft.hasProblems()) {
				manifests.add(manifest);
			}
		}
		return manifests;
	}

	private boolean isGone(ManifestFile manifest) {
		lock.requireHeld();
		String key = manifest.file().key();
		destination.store().delete(List.of(key));
		return destination.store().find(key).isEmpty();
	}

}
