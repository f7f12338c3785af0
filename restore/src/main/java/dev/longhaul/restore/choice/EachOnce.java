package dev.longhaul.restore.choice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;

/**
 * No volume is restored twice, and no claim from two volumes. A claim whose volume was
 * made anew under another name has backups of both; what comes first stays.
 */
final class EachOnce {

	private final Map<VolumeName, ChosenPoint> volumes = new HashMap<>();

	private final Map<ClaimRef, VolumeName> claims = new HashMap<>();

	private final List<Absence> leftOut = new ArrayList<>();

	private EachOnce() {
	}

	/**
	 * @param points those that count most first
	 */
	static Chosen of(List<ChosenPoint> points, List<Absence> missing) {
		EachOnce each = new EachOnce();
		List<ChosenPoint> left = new ArrayList<>();
		for (ChosenPoint point : points) {
			List<RestorableVolume> first = point.volumes()
				.stream()
				.filter(volume -> each.isFirst(volume, point))
				.toList();
			if (!first.isEmpty()) {
				left.add(point.with(first));
			}
		}
		return new Chosen(left, missing, each.leftOut, RecordedRepository.NONE);
	}

	private boolean isFirst(RestorableVolume volume, ChosenPoint point) {
		ChosenPoint other = volumes.putIfAbsent(volume.volume(), point);
		if (other != null) {
			leave(volume, "it is restored with application '%s'".formatted(other.application()));
			return false;
		}
		FormerClaim claim = volume.claim();
		VolumeName holder = (claim != null) ? claims.putIfAbsent(claim.ref(), volume.volume()) : null;
		if (claim != null && holder != null) {
			leave(volume, "its claim %s is restored from volume '%s'".formatted(claim.ref(), holder));
		}
		return holder == null;
	}

	private void leave(RestorableVolume volume, String why) {
		leftOut.add(new Absence("volume '%s'".formatted(volume.volume()), why));
	}

}
