package dev.longhaul.batch.backup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.backup.BackupWatch;
import dev.longhaul.core.backup.BackupWatch.Absent;
import dev.longhaul.core.backup.BackupWatch.BucketSilent;
import dev.longhaul.core.backup.BackupWatch.ClusterSilent;
import dev.longhaul.core.backup.BackupWatch.Failed;
import dev.longhaul.core.backup.BackupWatch.InBucket;
import dev.longhaul.core.backup.BackupWatch.InCluster;
import dev.longhaul.core.backup.BackupWatch.NotAsked;
import dev.longhaul.core.backup.BackupWatch.Outcome;
import dev.longhaul.core.backup.BackupWatch.Reported;
import dev.longhaul.core.backup.BackupWatch.Stalled;
import dev.longhaul.core.backup.BackupWatch.Step;
import dev.longhaul.core.backup.BackupWatch.Told;
import dev.longhaul.core.backup.BackupWatch.Waiting;
import dev.longhaul.core.backup.BackupWitness;
import dev.longhaul.core.cluster.BackupRequest;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.time.Pause;
import org.jspecify.annotations.Nullable;

/**
 * Backs up the volumes of one application, a few at once, and awaits each. One thread
 * looks at all of them in turn: it is Longhorn that works.
 */
final class BackupRound {

	private final VolumeCluster cluster;

	private final BackupWitness witness;

	private final Perseverance perseverance;

	private final BackupWatch.Bounds bounds;

	private final NightOrder.Pace pace;

	private final Clock clock;

	private final Pause pause;

	private final NightListener listener;

	BackupRound(VolumeCluster cluster, BackupWitness witness, Perseverance perseverance, NightOrder order, Clock clock,
			Pause pause, NightListener listener) {
		this.cluster = cluster;
		this.witness = witness;
		this.perseverance = perseverance;
		this.bounds = order.limits().backup();
		this.pace = order.pace();
		this.clock = clock;
		this.pause = pause;
		this.listener = listener;
	}

	/**
	 * Returns when every backup is in the bucket. After a failure no further one is
	 * begun, but those that run are awaited: nobody would look after them.
	 * @param begun asked for by an earlier start of this night
	 * @param requests to be asked for now
	 * @throws LonghaulException the first failure
	 */
	void make(ApplicationName application, List<PlannedVolume> begun, Map<PlannedVolume, BackupRequest> requests) {
		Round round = new Round(application, requests);
		begun.forEach(round::watch);
		while (round.isUnderWay()) {
			round.beginMore();
			round.lookAtAll();
			if (round.isUnderWay()) {
				pause(application);
			}
		}
		if (round.failure != null) {
			throw round.failure;
		}
	}

	private void pause(ApplicationName application) {
		try {
			pause.of(pace.interval());
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "awaiting the backups of " + application);
		}
	}

	private InCluster askCluster(PlannedVolume volume) {
		try {
			Optional<Backup> found = cluster.findBackup(volume.backup());
			return found.isPresent() ? new Reported(found.get()) : new Absent();
		}
		catch (TransientFailure ex) {
			return new ClusterSilent(ex.fact());
		}
	}

	private InBucket askBucket(PlannedVolume volume) {
		try {
			return new Told(witness.observe(volume.volume(), volume.backup()));
		}
		catch (TransientFailure ex) {
			return new BucketSilent(ex.fact());
		}
	}

	/** One application's round: what runs, what is still to begin, what failed first. */
	private final class Round {

		private final ApplicationName application;

		private final Deque<Map.Entry<PlannedVolume, BackupRequest>> waiting;

		private final Map<PlannedVolume, BackupWatch> running = new LinkedHashMap<>();

		private @Nullable LonghaulException failure;

		Round(ApplicationName application, Map<PlannedVolume, BackupRequest> requests) {
			this.application = application;
			this.waiting = new ArrayDeque<>(requests.entrySet());
		}

		void watch(PlannedVolume volume) {
			running.put(volume, BackupWatch.begin(bounds, clock.instant()));
		}

		boolean isUnderWay() {
			return !running.isEmpty() || (failure == null && !waiting.isEmpty());
		}

		void beginMore() {
			while (failure == null && running.size() < pace.volumes() && !waiting.isEmpty()) {
				Map.Entry<PlannedVolume, BackupRequest> next = waiting.remove();
				try {
					perseverance.ask("asking for a backup of " + next.getKey().volume(),
							() -> cluster.makeBackup(next.getValue()));
					watch(next.getKey());
				}
				catch (Interruption ex) {
					throw ex;
				}
				catch (LonghaulException ex) {
					failure = ex;
				}
			}
		}

		void lookAtAll() {
			Iterator<Map.Entry<PlannedVolume, BackupWatch>> entries = running.entrySet().iterator();
			while (entries.hasNext()) {
				Map.Entry<PlannedVolume, BackupWatch> entry = entries.next();
				Outcome outcome = look(entry);
				if (!(outcome instanceof Waiting)) {
					entries.remove();
					noteFailure(entry.getKey(), outcome);
				}
			}
		}

		private Outcome look(Map.Entry<PlannedVolume, BackupWatch> entry) {
			InCluster inCluster = askCluster(entry.getKey());
			Instant now = clock.instant();
			boolean needsBucket = entry.getValue().needsBucket(inCluster, now);
			InBucket inBucket = needsBucket ? askBucket(entry.getKey()) : new NotAsked();
			if (inCluster instanceof Reported reported) {
				listener
					.on(new NightEvent.Uploading(application, entry.getKey().volume(), reported.backup().progress()));
			}
			Step step = entry.getValue().look(inCluster, inBucket, clock.instant());
			entry.setValue(step.next());
			return step.outcome();
		}

		private void noteFailure(PlannedVolume volume, Outcome outcome) {
			if (failure != null) {
				return;
			}
			if (outcome instanceof Failed failed) {
				failure = refused(failed.code(), volume, failed.reason());
			}
			else if (outcome instanceof Stalled stalled) {
				failure = refused(FailureCode.BACKUP_STALLED, volume, stalled.reason());
			}
		}

		private static RefusedRequest refused(FailureCode code, PlannedVolume volume, String reason) {
			return new RefusedRequest(code,
					"backup '%s' of '%s': %s".formatted(volume.backup(), volume.claim(), reason),
					"kubectl describe backups.longhorn.io/%s, in Longhorn's namespace, shows its own messages"
						.formatted(volume.backup()));
		}

	}

}
