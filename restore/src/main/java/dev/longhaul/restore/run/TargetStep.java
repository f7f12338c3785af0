package dev.longhaul.restore.run;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.backup.BackupTarget;
import dev.longhaul.core.cluster.RestoreCluster;
import dev.longhaul.core.cluster.TargetCredentials;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.time.Pause;
import dev.longhaul.restore.plan.PlannedVolume;
import dev.longhaul.restore.plan.RestorePlan;

/**
 * Has Longhorn list the backups that are restored: it restores no other.
 */
final class TargetStep {

	private static final String DEFAULT = "default";

	private static final int NAMED = 3;

	private final RestorePlan plan;

	private final VolumeCluster longhorn;

	private final RestoreCluster cluster;

	private final RestoreSettings settings;

	private final Clock clock;

	private final Pause pause;

	TargetStep(RestorePlan plan, VolumeCluster longhorn, RestoreCluster cluster, RestoreSettings settings, Clock clock,
			Pause pause) {
		this.plan = plan;
		this.longhorn = longhorn;
		this.cluster = cluster;
		this.settings = settings;
		this.clock = clock;
		this.pause = pause;
	}

	/**
	 * @return the backups as Longhorn knows them, by name
	 * @throws RefusedRequest if the cluster has another bucket
	 * @throws TransientFailure if Longhorn does not list them in time
	 */
	Map<BackupName, Backup> backupsOf(List<PlannedVolume> volumes) {
		String target = target();
		cluster.requestSync(target);
		Set<BackupName> wanted = volumes.stream().map(PlannedVolume::backup).collect(Collectors.toSet());
		UnreadBackups unread = new UnreadBackups(volumes, longhorn, cluster);
		return settings.looks().await(clock, pause, "Longhorn to list the backups", () -> {
			unread.mend(target);
			return listed(target, wanted);
		}).orElseThrow(() -> late(target, wanted));
	}

	/**
	 * What would keep the next night from the bucket, as Longhorn last saw it; empty if
	 * nothing would. Failures are those of {@link VolumeCluster}.
	 */
	Optional<String> trouble() {
		List<BackupTarget> meant = longhorn.backupTargets().stream().filter(this::isMeant).toList();
		if (meant.isEmpty()) {
			return Optional.of("Longhorn has no backup target '%s', so nothing is backed up there: set it in Longhorn"
				.formatted(plan.target()));
		}
		if (meant.stream().anyMatch(BackupTarget::available)) {
			return Optional.empty();
		}
		BackupTarget found = meant.get(0);
		return Optional.of("%s, so nothing is backed up there: mend the target or its credentials"
			.formatted(unreachable(found.name(), found.message())));
	}

	private boolean isMeant(BackupTarget found) {
		return (settings.backupTarget() != null) ? found.name().equals(settings.backupTarget()) : isThePlans(found);
	}

	private static String unreachable(String target, String why) {
		return "Longhorn cannot reach its backup target '%s': %s".formatted(target, why);
	}

	/** The cluster's name of the plan's bucket. */
	private String target() {
		List<BackupTarget> targets = longhorn.backupTargets();
		if (settings.backupTarget() != null) {
			return named(targets, settings.backupTarget());
		}
		Optional<BackupTarget> same = targets.stream().filter(this::isThePlans).findFirst();
		if (same.isPresent()) {
			return same.get().name();
		}
		BackupTarget other = targets.stream().filter(found -> !found.url().isEmpty()).findFirst().orElse(null);
		if (other != null) {
			throw new RefusedRequest(FailureCode.CLUSTER_REFUSED,
					"the plan is of '%s', and the cluster's backup target '%s' is '%s'".formatted(plan.target(),
							other.name(), other.url()),
					"if they are the same bucket under two names, say --backup-target %s".formatted(other.name()));
		}
		return connected();
	}

	private boolean isThePlans(BackupTarget found) {
		return found.url().equals(plan.target()) || TargetUrl.parse(plan.target()).isNamedBy(found.url());
	}

	private static String named(List<BackupTarget> targets, String name) {
		return targets.stream()
			.map(BackupTarget::name)
			.filter(name::equals)
			.findFirst()
			.orElseThrow(() -> new RefusedRequest(FailureCode.CLUSTER_REFUSED,
					"the cluster has no backup target '%s'".formatted(name),
					"it has: " + targets.stream().map(BackupTarget::name).collect(Collectors.joining(", "))));
	}

	private String connected() {
		TargetCredentials credentials = settings.credentials();
		if (credentials == null) {
			throw new RefusedRequest(FailureCode.MISSING_CREDENTIALS,
					"the cluster has no backup target yet, and there are no credentials to give it",
					"set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_ENDPOINTS, or set the target in Longhorn");
		}
		if (!cluster.connectDefaultTarget(plan.target(), credentials)) {
			throw new TransientFailure(FailureCode.CLUSTER_REFUSED,
					"somebody else gave the cluster a backup target at the same moment", "look at it, and try again");
		}
		return DEFAULT;
	}

	private Optional<Map<BackupName, Backup>> listed(String target, Set<BackupName> wanted) {
		Map<BackupName, Backup> known = longhorn.backups()
			.stream()
			.filter(backup -> backup.targetName().equals(target))
			.filter(backup -> wanted.contains(backup.name()))
			.filter(backup -> backup.isReportedComplete() && !backup.url().isEmpty())
			.collect(Collectors.toMap(Backup::name, Function.identity()));
		return known.keySet().containsAll(wanted) ? Optional.of(known) : Optional.empty();
	}

	private TransientFailure late(String target, Set<BackupName> wanted) {
		Optional<BackupTarget> found = longhorn.backupTargets()
			.stream()
			.filter(candidate -> candidate.name().equals(target))
			.findFirst();
		if (found.filter(BackupTarget::available).isEmpty()) {
			return new TransientFailure(FailureCode.TARGET_UNREACHABLE,
					unreachable(target, found.map(BackupTarget::message).orElse("it is gone")),
					"mend the target or its credentials; another run of the same plan goes on");
		}
		Set<BackupName> known = longhorn.backups().stream().map(Backup::name).collect(Collectors.toSet());
		List<String> missing = wanted.stream()
			.filter(name -> !known.contains(name))
			.map(BackupName::value)
			.sorted()
			.toList();
		return new TransientFailure(FailureCode.TIMED_OUT,
				"Longhorn did not list %d of %d backups within %s: %s".formatted(missing.size(), wanted.size(),
						settings.looks().limit(), String.join(", ", missing.stream().limit(NAMED).toList())),
				"if they were deleted meanwhile, make the plan anew; else another run of the same plan goes on");
	}

}
