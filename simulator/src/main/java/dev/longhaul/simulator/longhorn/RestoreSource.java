package dev.longhaul.simulator.longhorn;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.Backup;
import dev.longhaul.longhorn.crd.BackupVolume;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.simulator.control.Stored;

/**
 * What a volume is restored from. Longhorn finds it by the objects of the cluster, not in
 * the target.
 *
 * @param volume that was backed up, as the target names it
 */
record RestoreSource(VolumeName volume, Stored<Backup> backup, Stored<BackupVolume> backupVolume) {

	private static final Pattern BACKUP = Pattern.compile("[?&]backup=([^&]+)");

	private static final Pattern VOLUME = Pattern.compile("[?&]volume=([^&]+)");

	/** Whether a volume is, or was, to be restored at all. */
	static boolean isNamedBy(Stored<Volume> restored) {
		return !url(restored).isEmpty();
	}

	/**
	 * @return empty while the cluster does not have both objects
	 */
	static Optional<RestoreSource> of(Stored<Volume> restored, BackupPlaces places) {
		Optional<String> name = parameter(BACKUP, url(restored));
		Optional<String> volume = parameter(VOLUME, url(restored));
		if (name.isEmpty() || volume.isEmpty()) {
			return Optional.empty();
		}
		return places.backup(name.get())
			.flatMap(backup -> places.backupVolume(places.targetName(backup), volume.get())
				.map(backupVolume -> new RestoreSource(new VolumeName(volume.get()), backup, backupVolume)));
	}

	BackupName backupName() {
		return new BackupName(backup.name());
	}

	/** The size of the volume now, which may be more than when the backup was made. */
	String size() {
		String current = (backupVolume.view().getStatus() != null)
				? Admission.orElse(backupVolume.view().getStatus().getSize(), "") : "";
		return current.isEmpty() ? Admission.orElse(BackupController.status(backup).getVolumeSize(), "0") : current;
	}

	private static String url(Stored<Volume> restored) {
		return Admission.orElse(restored.view().getSpec().getFromBackup(), "");
	}

	private static Optional<String> parameter(Pattern pattern, String url) {
		Matcher found = pattern.matcher(url);
		return found.find() ? Optional.of(found.group(1)) : Optional.empty();
	}

}
