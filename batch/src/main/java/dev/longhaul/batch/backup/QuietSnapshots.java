package dev.longhaul.batch.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.longhaul.batch.quiet.QuietWindows;
import dev.longhaul.batch.quiet.Quieted;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.QuietWindow;
import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.profile.QuietPlan;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.volume.Snapshot;
import dev.longhaul.core.volume.SnapshotName;
import org.jspecify.annotations.Nullable;

/**
 * Takes all snapshots of an application in one quiet window. Those of a window that did
 * not come to its end are never used, because they may be of two moments: the next window
 * takes others.
 */
final class QuietSnapshots {

	/** Of one night; each but the last was ended by a crash or a failure. */
	private static final int MOST_ATTEMPTS = 9;

	private final VolumeCluster cluster;

	private final TargetBackups target;

	private final Perseverance perseverance;

	private final SnapshotRound round;

	private final QuietWindows windows;

	private final NightListener listener;

	QuietSnapshots(VolumeCluster cluster, TargetBackups target, Perseverance perseverance, SnapshotRound round,
			QuietWindows windows, NightListener listener) {
		this.cluster = cluster;
		this.target = target;
		this.perseverance = perseverance;
		this.round = round;
		this.windows = windows;
		this.listener = listener;
	}

	/**
	 * @param begun volumes whose backup was asked for by an earlier start of this night
	 * @param fresh all others
	 * @throws dev.longhaul.core.failure.LonghaulException if there are no snapshots of
	 * one moment
	 */
	Taken take(Night night, ApplicationName application, QuietPlan plan, List<PlannedVolume> begun,
			List<PlannedVolume> fresh) {
		if (plan.isNothing()) {
			return new Taken(1, round.take(night, application, fresh), null);
		}
		if (!begun.isEmpty()) {
			return takenBefore(attemptOf(begun.get(0)), fresh);
		}
		int attempt = firstUnused(application, fresh);
		List<PlannedVolume> volumes = fresh.stream().map(volume -> volume.attempt(attempt)).toList();
		Quieted<Map<PlannedVolume, Instant>> quieted = windows.during(application, night.toString(), plan,
				left -> round.takeWithin(left, night, application, volumes),
				warning -> listener.on(new NightEvent.Warned(warning)));
		return new Taken(attempt, quieted.result(), quieted.window());
	}

	private int firstUnused(ApplicationName application, List<PlannedVolume> volumes) {
		return IntStream.rangeClosed(1, MOST_ATTEMPTS)
			.filter(number -> volumes.stream().allMatch(volume -> find(volume.attempt(number)).isEmpty()))
			.findFirst()
			.orElseThrow(() -> new RefusedRequest(
					FailureCode.NOT_QUIET, "the snapshots of '%s' were begun %d times in this night and never all taken"
						.formatted(application, MOST_ATTEMPTS),
					"look at the warnings of this night; the next one begins anew"));
	}

	/** A backup is only begun when the window that its snapshot is of was over. */
	private Taken takenBefore(int attempt, List<PlannedVolume> fresh) {
		Map<PlannedVolume, Instant> times = new HashMap<>();
		for (PlannedVolume planned : fresh) {
			PlannedVolume volume = planned.attempt(attempt);
			Instant createdAt = find(volume).map(Snapshot::createdAt).orElse(null);
			if (createdAt == null) {
				throw new RefusedRequest(FailureCode.NOT_QUIET,
						"snapshot '%s' of '%s' is gone, and another one would be of another moment than the backups that are begun"
							.formatted(volume.snapshot(), volume.claim()),
						"the next night begins anew");
			}
			times.put(volume, createdAt);
		}
		return new Taken(attempt, times, null);
	}

	private int attemptOf(PlannedVolume begun) {
		String snapshot = perseverance
			.ask("looking at the backup of " + begun.volume(),
					() -> cluster.findBackup(begun.backup())
						.map(Backup::snapshot)
						.map(SnapshotName::value)
						.or(() -> Optional.of(target.manifest(begun.volume(), begun.backup()).snapshot())))
			.orElse("");
		return IntStream.rangeClosed(1, MOST_ATTEMPTS)
			.filter(number -> begun.attempt(number).snapshot().value().equals(snapshot))
			.findFirst()
			.orElseThrow(() -> new RefusedRequest(FailureCode.NOT_QUIET,
					"backup '%s' of '%s' is of snapshot '%s', which is none of this night".formatted(begun.backup(),
							begun.claim(), snapshot),
					"look who made it"));
	}

	private Optional<Snapshot> find(PlannedVolume volume) {
		return perseverance.ask("looking for a snapshot of " + volume.volume(),
				() -> cluster.findSnapshot(volume.snapshot()));
	}

	/**
	 * @param attempt whose names the snapshots have
	 * @param times of the data of each fresh volume
	 * @param quiet the window they were taken in; null if there was none, or in an
	 * earlier start of this night
	 */
	record Taken(int attempt, Map<PlannedVolume, Instant> times, @Nullable QuietWindow quiet) {

		Taken {
			times = Map.copyOf(times);
		}

		/** Zero if there was none. */
		Duration quietFor() {
			return (quiet != null) ? quiet.lasted() : Duration.ZERO;
		}

		/** With the snapshots that were taken. */
		List<PlannedVolume> of(List<PlannedVolume> volumes) {
			return volumes.stream().map(volume -> volume.attempt(attempt)).toList();
		}

	}

}
