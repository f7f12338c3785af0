package dev.longhaul.restore.files;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.restore.choice.ChosenPoint;
import dev.longhaul.restore.choice.FormerClaim;
import dev.longhaul.restore.choice.RestorableVolume;
import org.jspecify.annotations.Nullable;

/**
 * What chosen restore points are called in a directory.
 */
public final class VolumeOrders {

	/** A folder of ours there. */
	private static final String TAKEN = "exports";

	private VolumeOrders() {
	}

	/** One for each volume, in the same order every time, all with names of their own. */
	public static List<VolumeOrder> of(List<ChosenPoint> points) {
		Set<String> names = new HashSet<>(Set.of(TAKEN));
		List<VolumeOrder> orders = new ArrayList<>();
		for (ChosenPoint point : points) {
			for (RestorableVolume volume : point.volumes()) {
				FormerClaim former = volume.claim();
				ClaimRef claim = (former != null) ? former.ref() : null;
				orders.add(new VolumeOrder(point.application(), name(volume, claim, names), claim, volume.volume(),
						volume.backup(), volume.dataAt()));
			}
		}
		return orders;
	}

	/** Two names that differ in case only are one to some disks. */
	private static String name(RestorableVolume volume, @Nullable ClaimRef claim, Set<String> names) {
		String own = LocalName.ofVolume(volume.volume().value());
		String name = (claim != null) ? LocalName.of(claim) : own;
		if (names.add(name.toLowerCase(Locale.ROOT))) {
			return name;
		}
		String other = "volume_" + own;
		names.add(other.toLowerCase(Locale.ROOT));
		return other;
	}

}
