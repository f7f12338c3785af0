package dev.longhaul.backupstore.hidden;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.mirror.Load;
import dev.longhaul.backupstore.object.ObjectVersion;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;

/**
 * What is hidden of one volume.
 *
 * @param loads how much there is of each reason
 * @param rescues some of what backups need and is hidden; that is damage, and the way to
 * undo it
 * @param needs what the present backups were seen to be, as a hash: the plan holds as
 * long as they are the same
 * @param hash of every version that goes, by its id
 */
public record HiddenVolume(VolumeName volume, Map<HiddenReason, Load> loads, List<Rescue> rescues, String needs,
		String hash) {

	public HiddenVolume {
		Map<HiddenReason, Load> ordered = new EnumMap<>(HiddenReason.class);
		ordered.putAll(loads);
		loads = Collections.unmodifiableMap(ordered);
		rescues = List.copyOf(rescues);
	}

	/** What goes, all reasons together. */
	public Load goes() {
		return sum(true);
	}

	/** What stays, all reasons together. */
	public Load stays() {
		return sum(false);
	}

	private Load sum(boolean goes) {
		return loads.entrySet()
			.stream()
			.filter(entry -> entry.getKey().goes() == goes)
			.map(Map.Entry::getValue)
			.reduce(Load.NONE, Load::plus);
	}

	/**
	 * Something that is not present, and a hidden version of it.
	 *
	 * @param mark hides it; deleted by its id, it brings the version back
	 * @param neededBy the backups that cannot be restored without it
	 */
	public record Rescue(ObjectVersion.Id version, ObjectVersion.Id mark, Instant hiddenAt, List<BackupName> neededBy) {

		public Rescue {
			neededBy = List.copyOf(neededBy);
		}

	}

}
