package dev.longhaul.backupstore.hidden;

import java.util.List;

import dev.longhaul.backupstore.mirror.Load;
import dev.longhaul.backupstore.object.VersionedStore.Refusal;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * What became of the hidden versions of one volume that were to go.
 *
 * @param planned what was to go
 * @param removed what is listed no more
 * @param refused how many are still there
 * @param refusals some of those, with the reason
 * @param left why no more was tried; null if all was
 */
public record HiddenRemoval(VolumeName volume, Load planned, Load removed, long refused, List<Refusal> refusals,
		@Nullable String left) {

	public HiddenRemoval {
		refusals = List.copyOf(refusals);
	}

	/** Whether all that was to go is gone. */
	public boolean isComplete() {
		return refused == 0 && left == null;
	}

}
