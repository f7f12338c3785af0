package dev.longhaul.restore.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.cluster.RestoreCluster;
import dev.longhaul.core.cluster.RestoreRequest;
import dev.longhaul.core.cluster.RestoredVolume;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeState;
import dev.longhaul.restore.plan.PlannedVolume;

/**
 * Has Longhorn restore volumes, as many at once as it does, in the order of the plan.
 * What it gives up is deleted and asked for again; it never tries again by itself.
 */
final class VolumeRestores {

	private final Mark mark;

	private final Purpose purpose;

	private final RestoreCluster cluster;

	private final Map<BackupName, Backup> backups;

	private final int nodes;

	private final RestoreSettings settings;

	private final RestoreJournal journal;

	private final RestoreListener listener;

	private final Clock clock;

	private final Diagnosis diagnosis;

	private final Map<PlannedVolume, VolumeOutcome> outcomes = new LinkedHashMap<>();

	/**
	 * @param backups as Longhorn knows them
	 * @param nodes that can hold a replica each
	 */
	VolumeRestores(Mark mark, Purpose purpose, RestoreCluster cluster, Map<BackupName, Backup> backups, int nodes,
			RestoreSettings settings, RestoreJournal journal, RestoreListener listener, Clock clock) {
		this.mark = mark;
		this.purpose = purpose;
		this.cluster = cluster;
		this.backups = backups;
		this.nodes = nodes;
		this.settings = settings;
		this.journal = journal;
		this.listener = listener;
		this.clock = clock;
		this.diagnosis = new Diagnosis(settings, journal, listener, clock);
	}

	/**
	 * @param atOnce at least 1
	 * @return one of each volume
	 */
	Map<PlannedVolume, VolumeOutcome> restore(List<PlannedVolume> volumes, int atOnce, Pause pause) {
		Deque<PlannedVolume> waiting = new ArrayDeque<>(volumes);
		List<UnderWay> underWay = new ArrayList<>();
		while (!waiting.isEmpty() || !underWay.isEmpty()) {
			while (underWay.size() < atOnce && !waiting.isEmpty()) {
				underWay.add(new UnderWay(waiting.remove(), clock.instant()));
			}
			underWay.removeIf(this::isOver);
			if (!underWay.isEmpty()) {
				pause(pause);
			}
		}
		return outcomes;
	}

	private void pause(Pause pause) {
		try {
			pause.of(settings.looks().interval());
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "waiting for Longhorn to restore volumes");
		}
	}

	private boolean isOver(UnderWay volume) {
		try {
			Optional<VolumeOutcome> outcome = look(volume);
			outcome.ifPresent(known -> outcomes.put(volume.planned, known));
			return outcome.isPresent();
		}
		catch (TransientFailure | OutcomeUnknown ex) {
			// The next look tells what became of it, unless nobody can look for too long.
			return giveUp(volume, ex);
		}
		catch (RefusedRequest | DamagedData ex) {
			outcomes.put(volume.planned, new VolumeOutcome.Failed(volume.planned, ex));
			return true;
		}
	}

	private boolean giveUp(UnderWay volume, LonghaulException trouble) {
		boolean tooLong = volume.standsStillAt(clock.instant(), settings.standstill());
		if (tooLong) {
			outcomes.put(volume.planned, new VolumeOutcome.Failed(volume.planned, trouble));
		}
		return tooLong;
	}

	/** Empty while it goes on. */
	private Optional<VolumeOutcome> look(UnderWay volume) {
		RestoredVolume seen = cluster.findVolume(volume.planned.name()).orElseGet(() -> ask(volume));
		if (!mark.isOn(seen)) {
			throw new RefusedRequest(FailureCode.RESTORE_CONFLICT,
					"meanwhile somebody else made a volume '%s'".formatted(seen.name()),
					"look whose it is; another run of the same plan says what can be done");
		}
		if (seen.state() == VolumeState.DELETING) {
			return goesOn(volume, seen);
		}
		if (purpose.isReached(seen)) {
			listener.restored(volume.planned);
			journal.record(clock.instant(), "volume-restored", seen.name().value());
			return Optional.of(new VolumeOutcome.Restored(volume.planned, volume.since(clock.instant())));
		}
		if (!seen.isFailed()) {
			return goesOn(volume, seen);
		}
		Optional<DamagedData> damage = diagnosis.of(volume.planned, volume.attempts);
		return damage.isPresent() ? useless(volume, seen, damage.get()) : again(volume, seen, seen.failure());
	}

	private RestoredVolume ask(UnderWay volume) {
		PlannedVolume planned = volume.planned;
		Backup backup = backups.get(planned.backup());
		if (backup == null || !backup.volume().equals(planned.source())) {
			throw new RefusedRequest(
					FailureCode.BACKUP_NOT_FOUND, "what Longhorn knows as backup '%s' is not of volume '%s'"
						.formatted(planned.backup(), planned.source()),
					"the cluster's backup target is another bucket than that of the plan");
		}
		journal.record(clock.instant(), "volume-asked", planned.name().value());
		volume.asked(clock.instant());
		return cluster.restoreVolume(new RestoreRequest(planned.name(), backup.url(), planned.size(),
				Math.min(planned.replicas(), nodes), planned.dataEngine(), planned.accessMode(), planned.encrypted(),
				purpose == Purpose.FOLLOW, mark.label()));
	}

	private Optional<VolumeOutcome> again(UnderWay volume, RestoredVolume failed, String why) {
		if (volume.attempts >= settings.attempts()) {
			return Optional.of(new VolumeOutcome.Failed(volume.planned, failure(volume, failed, why)));
		}
		if (failed.claimed()) {
			throw new RefusedRequest(FailureCode.RESTORE_FAILED,
					"volume '%s' was not restored, and a PersistentVolume refers to it already"
						.formatted(failed.name()),
					"look at both before anything is deleted");
		}
		cluster.deleteFailed(failed);
		listener.failedOnce(volume.planned, why);
		journal.record(clock.instant(), "volume-failed", failed.name().value());
		return Optional.empty();
	}

	/** What is left of it would stand in the way of another plan. */
	private Optional<VolumeOutcome> useless(UnderWay volume, RestoredVolume failed, DamagedData damage) {
		if (!failed.claimed()) {
			cluster.deleteFailed(failed);
			journal.record(clock.instant(), "volume-failed", failed.name().value());
		}
		return Optional.of(new VolumeOutcome.Failed(volume.planned, damage));
	}

	private static RefusedRequest failure(UnderWay volume, RestoredVolume failed, String why) {
		return new RefusedRequest(FailureCode.RESTORE_FAILED,
				"Longhorn gave up restoring volume '%s' from backup '%s', %d times: %s".formatted(failed.name(),
						volume.planned.backup(), volume.attempts, why),
				"'longhaul verify' says whether the backup is whole; an older one is found by 'longhaul restore plan "
						+ "--application %s --as-of %s'".formatted(volume.planned.application(),
								volume.planned.createdAt().minusSeconds(1)));
	}

	private Optional<VolumeOutcome> goesOn(UnderWay volume, RestoredVolume seen) {
		if (volume.moves(seen, clock.instant())) {
			listener.progressed(volume.planned, seen.progress());
		}
		if (isOnLostNode(volume, seen)) {
			return again(volume, seen, "its node '%s' was lost".formatted(seen.node()));
		}
		if (volume.standsStillAt(clock.instant(), settings.standstill())) {
			return Optional.of(new VolumeOutcome.Failed(volume.planned, new TransientFailure(FailureCode.TIMED_OUT,
					"the restore of volume '%s' stands still at %d %% (%s)".formatted(seen.name(), seen.progress(),
							seen.state()),
					"it is left as it is; look at it in Longhorn, and run the same plan again to go on waiting")));
		}
		return Optional.empty();
	}

	/** Longhorn leaves such a volume as it is, and restores it nowhere else. */
	private boolean isOnLostNode(UnderWay volume, RestoredVolume seen) {
		return !seen.node().isEmpty() && seen.state() != VolumeState.DELETING
				&& volume.standsStillAt(clock.instant(), settings.lostNode()) && !cluster.isReady(seen.node());
	}

	/** A volume while it is being restored. */
	private static final class UnderWay {

		private final PlannedVolume planned;

		private final Instant begunAt;

		private Instant movedAt;

		private int progress = -1;

		private VolumeState state = VolumeState.UNKNOWN;

		/** That this run knows of. */
		private int attempts = 1;

		private boolean wasAsked;

		UnderWay(PlannedVolume planned, Instant now) {
			this.planned = planned;
			this.begunAt = now;
			this.movedAt = now;
		}

		void asked(Instant now) {
			attempts += wasAsked ? 1 : 0;
			wasAsked = true;
			progress = -1;
			movedAt = now;
		}

		boolean moves(RestoredVolume seen, Instant now) {
			boolean percent = seen.progress() != progress;
			if (percent || seen.state() != state) {
				progress = seen.progress();
				state = seen.state();
				movedAt = now;
			}
			return percent;
		}

		boolean standsStillAt(Instant now, Duration standstill) {
			return Duration.between(movedAt, now).compareTo(standstill) > 0;
		}

		Duration since(Instant now) {
			return wasAsked ? Duration.between(begunAt, now) : Duration.ZERO;
		}

	}

}
