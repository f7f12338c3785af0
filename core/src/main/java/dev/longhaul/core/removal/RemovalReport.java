package dev.longhaul.core.removal;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.longhaul.core.volume.VolumeName;

/**
 * What came of carrying out a plan.
 *
 * @param points in the order in which it was tried: the oldest first
 * @param blocksStay of the volumes that backups went from, why Longhorn leaves blocks
 * there that none uses; what is not known is not told
 */
public record RemovalReport(List<PointRemoval> points, Map<VolumeName, String> blocksStay) {

	public RemovalReport {
		points = List.copyOf(points);
		blocksStay = new TreeMap<>(blocksStay);
	}

	/** Whether everything went that was to go. */
	public boolean isComplete() {
		return points.stream().allMatch(PointRemoval::isRemoved);
	}

	/** How many restore points are gone. */
	public long removed() {
		return points.stream().filter(PointRemoval::isRemoved).count();
	}

}
