package dev.longhaul.core.extra;

import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;

/**
 * The backups of a mirror and of its source, from listings that came to their end.
 *
 * @param source by volume
 * @param destination by volume
 */
public record BothSides(Map<VolumeName, Set<BackupName>> source, Map<VolumeName, Set<BackupName>> destination) {

	public BothSides {
		source = Map.copyOf(source);
		destination = Map.copyOf(destination);
	}

	/** Backups of a volume that the source lists; none if it does not have it. */
	public Set<BackupName> inSource(VolumeName volume) {
		return source.getOrDefault(volume, Set.of());
	}

	/** Everything only the destination has. */
	public SortedSet<StoredBackup> extra() {
		SortedSet<StoredBackup> extra = new TreeSet<>();
		destination.forEach((volume, backups) -> backups.stream()
			.filter(backup -> !inSource(volume).contains(backup))
			.forEach(backup -> extra.add(new StoredBackup(volume, backup))));
		return extra;
	}

	/** Whether there is a backup of the volume on both sides. */
	boolean isShared(VolumeName volume) {
		return destination.getOrDefault(volume, Set.of()).stream().anyMatch(inSource(volume)::contains);
	}

}
