package dev.longhaul.restore.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.longhaul.core.cluster.RestoreCluster;
import dev.longhaul.core.cluster.RestoredVolume;
import dev.longhaul.core.cluster.StorageNode;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.restore.plan.PlannedClaim;
import dev.longhaul.restore.plan.PlannedVolume;
import dev.longhaul.restore.plan.RestorePlan;

/**
 * Looks whether a plan can be carried out, before anything is changed.
 */
final class Preflight {

	private static final int FEWEST_SNAPSHOTS = 2;

	private final RestorePlan plan;

	private final Mark mark;

	private final VolumeCluster longhorn;

	private final RestoreCluster cluster;

	private final Purpose purpose;

	Preflight(RestorePlan plan, VolumeCluster longhorn, RestoreCluster cluster, Purpose purpose) {
		this.plan = plan;
		this.purpose = purpose;
		this.mark = Mark.of(plan);
		this.longhorn = longhorn;
		this.cluster = cluster;
	}

	/**
	 * What may be begun.
	 *
	 * @param skipped because something stands in their place
	 * @param atOnce restores that Longhorn does at once
	 * @param nodes that can hold a replica each
	 */
	record Ready(List<PlannedVolume> volumes, List<VolumeOutcome.Skipped> skipped, int atOnce, int nodes) {
	}

	/**
	 * @throws RefusedRequest if nothing should be begun
	 */
	Ready check(boolean skipConflicts) {
		requireLonghorn();
		requireSnapshots();
		List<StorageNode> nodes = requireNodes();
		int atOnce = Math.multiplyExact(requireRestores(), nodes.size());
		List<VolumeOutcome.Skipped> conflicts = requireNoConflict(skipConflicts);
		Set<PlannedVolume> skipped = conflicts.stream().map(VolumeOutcome.Skipped::volume).collect(Collectors.toSet());
		List<PlannedVolume> volumes = plan.volumes().stream().filter(volume -> !skipped.contains(volume)).toList();
		requireRoom(volumes, nodes);
		return new Ready(volumes, conflicts, atOnce, nodes.size());
	}

	/**
	 * Without Longhorn there is no volume in the way, but there may be a claim.
	 * @return what stands in the way and is to be left there
	 * @throws RefusedRequest if something does, and is not
	 */
	List<VolumeOutcome.Skipped> requireNoConflict(boolean skipConflicts) {
		boolean hasLonghorn = cluster.isServed();
		List<VolumeOutcome.Skipped> conflicts = new ArrayList<>();
		EmptyVolumes empty = new EmptyVolumes(hasLonghorn ? longhorn.volumes() : List.of());
		for (PlannedVolume volume : plan.volumes()) {
			Optional<String> ofVolume = hasLonghorn ? volumeInTheWay(volume) : Optional.empty();
			ofVolume.or(() -> claimInTheWay(volume, empty))
				.ifPresent(what -> conflicts.add(new VolumeOutcome.Skipped(volume, what)));
		}
		if (!conflicts.isEmpty() && !skipConflicts) {
			throw refused(conflicts);
		}
		return conflicts;
	}

	private void requireLonghorn() {
		// Both fail, with what to do, if there is nobody who says it.
		String unusedLonghorn = longhorn.longhornVersion();
		String unusedKubernetes = longhorn.kubernetesVersion();
	}

	private List<StorageNode> requireNodes() {
		List<StorageNode> nodes = cluster.storageNodes();
		if (nodes.isEmpty()) {
			throw refused("Longhorn has no node that is ready and may hold replicas",
					"look at: kubectl -n longhorn-system get nodes.longhorn.io");
		}
		return nodes;
	}

	private int requireRestores() {
		int perNode = cluster.restoresPerNode();
		if (perNode < 1) {
			throw refused("Longhorn restores nothing: its setting concurrent-volume-backup-restore-per-node-limit is 0",
					"set it to 5, which is Longhorn's default");
		}
		return perNode;
	}

	/** What is restored becomes a snapshot, and the volume's own data are another. */
	private void requireSnapshots() {
		int snapshots = cluster.snapshotsPerVolume();
		if (snapshots < FEWEST_SNAPSHOTS) {
			throw refused("Longhorn can restore nothing: its setting snapshot-max-count is %d".formatted(snapshots),
					"set it to 250, which is Longhorn's default");
		}
	}

	private Optional<String> volumeInTheWay(PlannedVolume volume) {
		return cluster.findVolume(volume.name())
			.flatMap(found -> mark.isOn(found) ? purpose.obstacle(found)
					: Optional.of("there is a volume '%s' already".formatted(volume.name())));
	}

	private Optional<String> claimInTheWay(PlannedVolume volume, EmptyVolumes empty) {
		PlannedClaim claim = volume.claim();
		if (claim == null || purpose == Purpose.FOLLOW) {
			return Optional.empty();
		}
		if (cluster.findClaim(claim.ref())
			.filter(found -> !mark.isOn(found) && !ClaimStep.isReserved(found, claim) && !mayBeReplaced(found, claim))
			.isPresent()) {
			return Optional.of("there is a claim %s already".formatted(claim.ref())
					+ empty.remark(volume).map("; "::concat).orElse(""));
		}
		return cluster.find("PersistentVolume", claim.volumeName())
			.filter(found -> !mark.isOn(found))
			.map(found -> "there is a PersistentVolume '%s' already".formatted(claim.volumeName()));
	}

	/** One without a volume yet could get any. */
	private static boolean mayBeReplaced(JsonObject found, PlannedClaim claim) {
		return claim.replaces() && found.text("spec", "volumeName").filter(name -> !name.isEmpty()).isPresent();
	}

	private static RefusedRequest refused(List<VolumeOutcome.Skipped> conflicts) {
		String first = conflicts.get(0).why();
		String fact = (conflicts.size() == 1) ? first
				: "%s, and %d more stand where something would be restored".formatted(first, conflicts.size() - 1);
		return new RefusedRequest(FailureCode.RESTORE_CONFLICT, fact,
				"nothing was touched; leave it and restore the rest with --on-conflict skip, restore beside it with a plan "
						+ "made with --rename or --to-namespace, or in its place with one made with --replace");
	}

	/** One replica of each has to fit: Longhorn makes the others later. */
	private static void requireRoom(List<PlannedVolume> volumes, List<StorageNode> nodes) {
		ByteSize needed = volumes.stream().map(PlannedVolume::written).reduce(ByteSize.ZERO, ByteSize::plus);
		ByteSize room = nodes.stream().map(StorageNode::room).reduce(ByteSize.ZERO, ByteSize::plus);
		if (needed.compareTo(room) > 0) {
			throw refused("the data take %s, and all disks of Longhorn together have %s left".formatted(needed, room),
					"add a disk, or restore less with a plan made with --application");
		}
		ByteSize largest = volumes.stream()
			.map(PlannedVolume::written)
			.max(Comparator.naturalOrder())
			.orElse(ByteSize.ZERO);
		ByteSize most = nodes.stream().map(StorageNode::room).max(Comparator.naturalOrder()).orElse(ByteSize.ZERO);
		if (largest.compareTo(most) > 0) {
			throw refused("a volume takes %s, and no node has more than %s left".formatted(largest, most),
					"add a disk to a node: a replica is not spread over several");
		}
	}

	private static RefusedRequest refused(String fact, String hint) {
		return new RefusedRequest(FailureCode.PREFLIGHT_FAILED, fact, hint);
	}

}
