package dev.longhaul.backupstore.verify;

import java.util.List;
import java.util.Set;

import dev.longhaul.backupstore.inventory.NearNames;
import dev.longhaul.backupstore.inventory.VolumeFolder;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.VolumeName;

/**
 * Which backups to read back.
 *
 * @param volumes only of these; of all if empty
 * @param backups only these; all if empty
 */
public record Selection(Set<VolumeName> volumes, Set<BackupName> backups) {

	/** Everything. */
	public static final Selection ALL = new Selection(Set.of(), Set.of());

	public Selection {
		volumes = Set.copyOf(volumes);
		backups = Set.copyOf(backups);
	}

	public boolean includes(BackupName backup) {
		return backups.isEmpty() || backups.contains(backup);
	}

	/**
	 * The folders that hold something chosen.
	 * @throws RefusedRequest if something was asked for by name and is not there
	 */
	public List<VolumeFolder> choose(List<VolumeFolder> folders) {
		volumes.forEach(volume -> requireVolume(volume, folders));
		List<VolumeFolder> ofVolumes = folders.stream()
			.filter(folder -> volumes.isEmpty() || volumes.contains(folder.volume()))
			.toList();
		backups.forEach(backup -> requireBackup(backup, ofVolumes));
		return ofVolumes.stream()
			.filter(folder -> backups.isEmpty()
					|| folder.manifests().stream().anyMatch(manifest -> backups.contains(manifest.backup())))
			.toList();
	}

	private static void requireVolume(VolumeName volume, List<VolumeFolder> folders) {
		if (folders.stream().noneMatch(folder -> folder.volume().equals(volume))) {
			NearNames names = new NearNames(folders.stream().map(folder -> folder.volume().value()).toList());
			throw new RefusedRequest(FailureCode.VOLUME_NOT_FOUND, "the target holds no volume '%s'".formatted(volume),
					names.hint(volume.value()));
		}
	}

	private void requireBackup(BackupName backup, List<VolumeFolder> folders) {
		if (folders.stream().noneMatch(folder -> folder.find(backup).isPresent())) {
			NearNames names = new NearNames(folders.stream()
				.flatMap(folder -> folder.manifests().stream())
				.map(manifest -> manifest.backup().value())
				.toList());
			String fact = (volumes.size() == 1)
					? "there is no backup '%s' of volume '%s'".formatted(backup, volumes.iterator().next())
					: "there is no backup '%s'".formatted(backup);
			throw new RefusedRequest(FailureCode.BACKUP_NOT_FOUND, fact, names.hint(backup.value()));
		}
	}

}
