package dev.longhaul.batch.backup;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.batch.backup.VolumeChecks.ClaimedVolume;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.ObjectCopy;
import dev.longhaul.core.volume.Original;

/**
 * What the volumes of an application are, beyond their data. It is looked up before the
 * snapshots, while the cluster answers; a start after a crash looks it up anew, and once
 * there is a restore point it is a part of that.
 */
final class Originals {

	private final VolumeCluster cluster;

	private final Perseverance perseverance;

	private final NightListener listener;

	Originals(VolumeCluster cluster, Perseverance perseverance, NightListener listener) {
		this.cluster = cluster;
		this.perseverance = perseverance;
		this.listener = listener;
	}

	/**
	 * What cannot be looked up is warned of, and recorded as not known: data without its
	 * claim are worth more than none.
	 */
	Map<ClaimRef, Original> of(List<ClaimedVolume> volumes) {
		Map<ClaimRef, Original> originals = new LinkedHashMap<>();
		for (ClaimedVolume volume : volumes) {
			ClaimObjects objects = objects(volume.claim());
			warn(volume.claim(), objects);
			originals.put(volume.claim(),
					new Original(volume.volume().size(), volume.volume().replicas(), null, objects));
		}
		return originals;
	}

	private ClaimObjects objects(ClaimRef claim) {
		try {
			return perseverance.ask("looking at claim " + claim, () -> cluster.findObjects(claim))
				.orElseGet(() -> ClaimObjects.absent("there is no claim of that name any more"));
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			return ClaimObjects.unknown(ex.fact());
		}
	}

	private void warn(ClaimRef claim, ClaimObjects objects) {
		String unknown = Stream.of(objects.claim(), objects.volume(), objects.storageClass())
			.filter(ObjectCopy.Unknown.class::isInstance)
			.map(copy -> ((ObjectCopy.Unknown) copy).why())
			.distinct()
			.collect(Collectors.joining("; "));
		if (!unknown.isEmpty()) {
			listener
				.on(new NightEvent.Warned("not all that makes claim '%s' is recorded: %s".formatted(claim, unknown)));
		}
	}

}
