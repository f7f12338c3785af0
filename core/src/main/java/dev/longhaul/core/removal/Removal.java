package dev.longhaul.core.removal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.removal.PointRemoval.Failed;
import dev.longhaul.core.removal.PointRemoval.Fate;
import dev.longhaul.core.removal.PointRemoval.Left;
import dev.longhaul.core.removal.PointRemoval.Removed;
import dev.longhaul.core.retention.ApprovedRetention;
import dev.longhaul.core.retention.Condition.Gone;
import dev.longhaul.core.retention.Decision.Remove;
import dev.longhaul.core.retention.Pin;
import dev.longhaul.core.retention.StoredPoint;
import dev.longhaul.core.retention.Use;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;

/**
 * Carries out an approved plan: one backup after the other, the oldest restore point
 * first. Before each restore point it looks for new uses and pins; after each backup,
 * whether its manifest has left the bucket. Where a deletion fails, every restore point
 * with a backup of the same volume is left alone. What was exported beside its backups
 * goes once all of them are gone.
 * <p>
 * Nothing is remembered between two runs: who is interrupted plans again.
 */
public final class Removal {

	/**
	 * Deleting one backup lists all blocks of its volume, of which there may be millions.
	 */
	public static final Patience USUAL = new Patience(Duration.ofSeconds(3), Duration.ofMinutes(20));

	private final VolumeCluster cluster;

	private final Predicate<String> isTarget;

	private final RemovalWitness witness;

	private final ExportRemover exports;

	private final Pins pins;

	private final Patience patience;

	private final Clock clock;

	private final Pause pause;

	/**
	 * Says whether somebody pinned a night. Asked before each restore point, so that a
	 * pin set meanwhile counts.
	 */
	@FunctionalInterface
	public interface Pins {

		/**
		 * @throws LonghaulException if it is not known now
		 */
		Optional<Pin> of(Night night);

	}

	/**
	 * @param isTarget whether a URL of a target in the cluster means the place of the
	 * plan
	 * @param exports removes what lies beside backups
	 * @param patience with each backup
	 */
	public Removal(VolumeCluster cluster, Predicate<String> isTarget, RemovalWitness witness, ExportRemover exports,
			Pins pins, Patience patience, Clock clock, Pause pause) {
		this.cluster = cluster;
		this.isTarget = isTarget;
		this.witness = witness;
		this.exports = exports;
		this.pins = pins;
		this.patience = patience;
		this.clock = clock;
		this.pause = pause;
	}

	/**
	 * @param each told of each restore point as soon as it is decided
	 * @throws LonghaulException if the cluster has not that target, or cannot reach it;
	 * nothing was touched then
	 * @throws Interruption if the thread is told to stop; a deletion that was asked for
	 * goes on in Longhorn
	 */
	public RemovalReport run(ApprovedRetention approved, Consumer<PointRemoval> each) {
		if (approved.removals().isEmpty()) {
			return new RemovalReport(List.of(), Map.of());
		}
		Run run = new Run(new RemovalTarget(cluster, approved.plan().target(), isTarget));
		run.target.requireAvailable();
		List<PointRemoval> points = new ArrayList<>();
		List<Remove> newestFirst = approved.removals();
		for (int i = newestFirst.size() - 1; i >= 0; i--) {
			StoredPoint point = newestFirst.get(i).point();
			PointRemoval removal = new PointRemoval(point, run.remove(point));
			points.add(removal);
			each.accept(removal);
		}
		return new RemovalReport(points, run.blocksStay());
	}

	/** One run over one plan. */
	private final class Run {

		private final RemovalTarget target;

		private final Set<VolumeName> touched = new LinkedHashSet<>();

		private final Map<VolumeName, Night> closed = new HashMap<>();

		Run(RemovalTarget target) {
			this.target = target;
		}

		Fate remove(StoredPoint point) {
			VolumeName at = null;
			try {
				Optional<String> whyLeft = whyLeft(point);
				if (whyLeft.isPresent()) {
					return new Left(whyLeft.get());
				}
				for (VolumeBackup backup : point.backups()) {
					at = backup.volume();
					touched.add(at);
					new BackupDeletion(cluster, target, witness, patience, clock, pause).delete(backup);
				}
				at = null;
				for (StoredExport export : point.exports()) {
					exports.remove(point.night(), point.restorePoint().application(), export);
				}
				return new Removed();
			}
			catch (Interruption ex) {
				throw ex;
			}
			catch (LonghaulException ex) {
				if (at != null) {
					closed.put(at, point.night());
				}
				return new Failed(ex.code(), ex.fact());
			}
		}

		private Optional<String> whyLeft(StoredPoint point) {
			Optional<Pin> pin = pins.of(point.night());
			if (pin.isPresent()) {
				return pin.map(found -> "pinned meanwhile: " + found.reason());
			}
			if (point.condition() instanceof Gone) {
				return whyNotGone(point);
			}
			for (VolumeBackup backup : point.backups()) {
				VolumeName volume = backup.volume();
				Night failed = closed.get(volume);
				if (failed != null) {
					return Optional
						.of("the backup of volume '%s' of %s could not be deleted before".formatted(volume, failed));
				}
				List<Use> uses = witness.usesOf(volume);
				if (!uses.isEmpty()) {
					return Optional.of(uses.get(0).toString());
				}
			}
			return Optional.empty();
		}

		/** Longhorn may have brought a backup back. */
		private Optional<String> whyNotGone(StoredPoint point) {
			return point.restorePoint()
				.backups()
				.stream()
				.filter(backup -> witness.holds(backup.volume(), backup.backup()))
				.findFirst()
				.map(backup -> "backup '%s' of volume '%s' is there again".formatted(backup.backup(), backup.volume()));
		}

		/** It informs: what cannot be found out is left out. */
		Map<VolumeName, String> blocksStay() {
			Map<VolumeName, String> reasons = new HashMap<>();
			for (VolumeName volume : touched) {
				try {
					witness.whyBlocksStay(volume).ifPresent(why -> reasons.put(volume, why));
				}
				catch (Interruption ex) {
					throw ex;
				}
				catch (LonghaulException ex) {
					reasons.put(volume, "not known: " + ex.fact());
				}
			}
			return reasons;
		}

	}

}
