package dev.longhaul.batch.backup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.cluster.SnapshotRequest;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunLabels;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.Snapshot;

/**
 * Takes the snapshots of one application, as close together as possible: all are asked
 * for before any is waited for.
 */
final class SnapshotRound {

	private final VolumeCluster cluster;

	private final Perseverance perseverance;

	private final Patience patience;

	private final Clock clock;

	private final Pause pause;

	SnapshotRound(VolumeCluster cluster, Perseverance perseverance, Patience patience, Clock clock, Pause pause) {
		this.cluster = cluster;
		this.perseverance = perseverance;
		this.patience = patience;
		this.clock = clock;
		this.pause = pause;
	}

	/**
	 * @return the time of each volume's data
	 * @throws RefusedRequest if not all were ready in time
	 */
	Map<PlannedVolume, Instant> take(Night night, ApplicationName application, List<PlannedVolume> volumes) {
		ask(night, application, volumes, perseverance);
		return await(application, volumes, patience);
	}

	/**
	 * The same for a shorter time.
	 * @param limit for everything together
	 */
	Map<PlannedVolume, Instant> takeWithin(Duration limit, Night night, ApplicationName application,
			List<PlannedVolume> volumes) {
		Instant end = clock.instant().plus(limit);
		ask(night, application, volumes, perseverance.within(limit));
		Duration left = Duration.between(clock.instant(), end);
		Duration wait = (left.compareTo(patience.limit()) < 0) ? left : patience.limit();
		return await(application, volumes, new Patience(patience.interval(), wait.isNegative() ? Duration.ZERO : wait));
	}

	private void ask(Night night, ApplicationName application, List<PlannedVolume> volumes, Perseverance persistent) {
		for (PlannedVolume volume : volumes) {
			SnapshotRequest request = new SnapshotRequest(volume.snapshot(), volume.volume(),
					RunLabels.ofSnapshot(night, application, volume.claim()));
			persistent.ask("asking for a snapshot of " + volume.volume(), () -> cluster.takeSnapshot(request));
		}
	}

	private Map<PlannedVolume, Instant> await(ApplicationName application, List<PlannedVolume> volumes,
			Patience patient) {
		Looks looks = new Looks(volumes);
		return patient.await(clock, pause, "snapshots of " + application, looks::look)
			.orElseThrow(() -> notReady(looks, patient.limit()));
	}

	private static RefusedRequest notReady(Looks looks, Duration limit) {
		return new RefusedRequest(FailureCode.SNAPSHOT_FAILED,
				"not ready after %d s: %s".formatted(limit.toSeconds(), looks.describePending()),
				"kubectl describe snapshots.longhorn.io, in Longhorn's namespace, shows what it waits for");
	}

	/** The snapshots not ready yet, and what was last heard of each. */
	private final class Looks {

		private final List<PlannedVolume> pending;

		private final Map<PlannedVolume, String> lastHeard = new HashMap<>();

		private final Map<PlannedVolume, Instant> ready = new HashMap<>();

		Looks(List<PlannedVolume> volumes) {
			this.pending = new ArrayList<>(volumes);
		}

		Optional<Map<PlannedVolume, Instant>> look() {
			pending.removeIf(this::isReady);
			return pending.isEmpty() ? Optional.of(ready) : Optional.empty();
		}

		private boolean isReady(PlannedVolume volume) {
			try {
				Optional<Snapshot> found = cluster.findSnapshot(volume.snapshot());
				Instant createdAt = found.map(Snapshot::createdAt).orElse(null);
				if (createdAt != null && found.get().ready()) {
					ready.put(volume, createdAt);
					return true;
				}
				lastHeard.put(volume, found.map(Snapshot::error).orElse("it is gone from the cluster"));
			}
			catch (TransientFailure ex) {
				lastHeard.put(volume, ex.fact());
			}
			return false;
		}

		String describePending() {
			return pending.stream()
				.map(volume -> "snapshot '%s' of '%s'%s".formatted(volume.snapshot(), volume.claim(), reason(volume)))
				.collect(Collectors.joining("; "));
		}

		private String reason(PlannedVolume volume) {
			String heard = lastHeard.getOrDefault(volume, "");
			return heard.isEmpty() ? "" : " (" + heard + ")";
		}

	}

}
