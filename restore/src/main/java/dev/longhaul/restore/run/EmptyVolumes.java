package dev.longhaul.restore.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.Volume;
import dev.longhaul.restore.plan.PlannedClaim;
import dev.longhaul.restore.plan.PlannedVolume;

/**
 * Claims that came before the restore. An application that is synced before its claims
 * are restored gets new volumes with next to nothing on them, and backups of those would
 * take the places of the good ones (Longhorn's issue 3188).
 */
final class EmptyVolumes {

	/** Less than that of what the backup holds is a fresh file system. */
	private static final int HALF = 2;

	private final Map<ClaimRef, Volume> claimed = new HashMap<>();

	EmptyVolumes(List<Volume> volumes) {
		for (Volume volume : volumes) {
			if (volume.claim() != null) {
				claimed.put(volume.claim(), volume);
			}
		}
	}

	/** What to know of the claim that stands in the place of a volume's. */
	Optional<String> remark(PlannedVolume planned) {
		PlannedClaim claim = planned.claim();
		return Optional.ofNullable((claim != null) ? claimed.get(claim.ref()) : null)
			.filter(volume -> volume.actualSize().bytes() < planned.written().bytes() / HALF)
			.map(volume -> "its volume '%s' was made at %s and holds %s, the backup holds %s".formatted(volume.name(),
					volume.createdAt(), volume.actualSize(), planned.written()));
	}

}
