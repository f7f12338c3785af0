package dev.longhaul.core.removal;

import java.util.List;
import java.util.function.Predicate;

import dev.longhaul.core.backup.BackupTarget;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;

/**
 * The target of a plan as the cluster knows it. While Longhorn cannot reach it, it
 * deletes only its own resource of a backup, and the backup comes back later.
 */
final class RemovalTarget {

	private final VolumeCluster cluster;

	private final String url;

	private final Predicate<String> isSamePlace;

	RemovalTarget(VolumeCluster cluster, String url, Predicate<String> isSamePlace) {
		this.cluster = cluster;
		this.url = url;
		this.isSamePlace = isSamePlace;
	}

	/**
	 * Its name in the cluster.
	 * @throws RefusedRequest if the cluster has no such target
	 * @throws TransientFailure if Longhorn cannot reach it
	 */
	String requireAvailable() {
		List<BackupTarget> targets = cluster.backupTargets();
		BackupTarget target = targets.stream()
			.filter(known -> isSamePlace.test(known.url()))
			.findFirst()
			.orElseThrow(() -> new RefusedRequest(FailureCode.INVALID_USAGE,
					"the cluster has no backup target %s; it has %s".formatted(url,
							targets.stream().map(BackupTarget::url).toList()),
					"name the cluster whose backups these are, and the target as Longhorn has it"));
		if (!target.available()) {
			throw new TransientFailure(FailureCode.TARGET_UNREACHABLE,
					"Longhorn cannot reach its backup target '%s': %s".formatted(target.name(), target.message()),
					"Longhorn would forget the backups and leave their data; plan again once it can");
		}
		return target.name();
	}

}
