package dev.longhaul.batch.backup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.backup.BackupTarget;
import dev.longhaul.core.backup.BackupWitness;
import dev.longhaul.core.backup.BackupWitness.Manifest;
import dev.longhaul.core.backup.BackupWitness.Testimony;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * What must hold before anything is begun. What stands against a single application does
 * not stand against the others, and is looked at in its turn: {@link VolumeChecks}.
 */
final class Preflight {

	/** Longhorn takes a lock for stale 150 s after its last change, by its own clock. */
	private static final Duration SKEW_REFUSED = Duration.ofSeconds(150);

	private static final Duration SKEW_WARNED = Duration.ofSeconds(60);

	private static final int WITNESSES = 3;

	private final VolumeCluster cluster;

	private final ObjectStore store;

	private final BackupWitness witness;

	private final NightOrder order;

	private final Perseverance perseverance;

	private final Clock clock;

	Preflight(VolumeCluster cluster, ObjectStore store, BackupWitness witness, NightOrder order,
			Perseverance perseverance, Clock clock) {
		this.cluster = cluster;
		this.store = store;
		this.witness = witness;
		this.order = order;
		this.perseverance = perseverance;
		this.clock = clock;
	}

	/**
	 * @return warnings
	 * @throws RefusedRequest if a check does not hold
	 * @throws dev.longhaul.core.failure.LonghaulException if the cluster or the bucket
	 * cannot be asked
	 */
	List<String> check() {
		List<String> warnings = new ArrayList<>();
		checkTarget(perseverance.ask("looking at the backup targets", cluster::backupTargets));
		Optional<Instant> serverTime = Optional
			.ofNullable(perseverance.ask("asking the bucket about itself", store::examine).serverTime());
		serverTime.flatMap(this::checkClock).ifPresent(warnings::add);
		checkSameBucket(perseverance.ask("looking at the backups", cluster::backups));
		return warnings;
	}

	private void checkTarget(List<BackupTarget> targets) {
		NightOrder.Target wanted = order.target();
		BackupTarget found = targets.stream()
			.filter(candidate -> candidate.name().equals(wanted.name()))
			.findFirst()
			.orElseThrow(() -> refused(
					"Longhorn has no backup target '%s', only %s".formatted(wanted.name(),
							targets.stream().map(BackupTarget::name).toList()),
					"correct target.name in the configuration"));
		if (!withoutTrailingSlash(found.url()).equals(withoutTrailingSlash(wanted.url()))) {
			throw refused(
					"Longhorn's backup target '%s' is '%s', the configuration says '%s'".formatted(wanted.name(),
							found.url(), wanted.url()),
					"make the two the same: what Longhorn writes is read back from there");
		}
		if (!found.available()) {
			throw refused("Longhorn cannot reach its backup target '%s': %s".formatted(wanted.name(), found.message()),
					"kubectl describe backuptargets.longhorn.io/%s, in Longhorn's namespace, shows more"
						.formatted(wanted.name()));
		}
	}

	private static String withoutTrailingSlash(String url) {
		return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
	}

	private Optional<String> checkClock(Instant serverTime) {
		Duration skew = Duration.between(serverTime, clock.instant());
		String fact = "the clock here is %d s %s that of the bucket".formatted(skew.abs().toSeconds(),
				skew.isNegative() ? "behind" : "ahead of");
		if (skew.abs().compareTo(SKEW_REFUSED) > 0) {
			throw refused(fact + "; from %d s on, Longhorn's locks protect nothing".formatted(SKEW_REFUSED.toSeconds()),
					"synchronise the clocks of this machine and of the nodes");
		}
		return (skew.abs().compareTo(SKEW_WARNED) > 0) ? Optional.of(fact) : Optional.empty();
	}

	/**
	 * Equal URLs may still lead to two buckets, by another endpoint. Of the backups that
	 * the cluster last read from its target, one at least must be in ours: a single one
	 * may have been deleted since.
	 */
	private void checkSameBucket(List<Backup> backups) {
		List<Backup> newest = backups.stream()
			.filter(backup -> backup.targetName().equals(order.target().name()) && backup.isReportedComplete())
			.sorted(Comparator.comparing(Preflight::syncedAt).reversed())
			.limit(WITNESSES)
			.toList();
		if (newest.isEmpty() || newest.stream().anyMatch(this::isInBucket)) {
			return;
		}
		throw refused(
				"of Longhorn's newest backups %s not one is in %s".formatted(newest.stream().map(Backup::name).toList(),
						store.describe()),
				"compare endpoint and bucket of our credentials with those of Longhorn's backup target");
	}

	private boolean isInBucket(Backup backup) {
		Testimony testimony = perseverance.ask("looking for " + backup.name() + " in the bucket",
				() -> witness.observe(backup.volume(), backup.name()));
		return testimony.manifest() != Manifest.ABSENT;
	}

	private static Instant syncedAt(Backup backup) {
		return Optional.ofNullable(backup.lastSyncedAt()).orElse(Instant.EPOCH);
	}

	private static RefusedRequest refused(String fact, String hint) {
		return new RefusedRequest(FailureCode.PREFLIGHT_FAILED, fact, hint);
	}

}
