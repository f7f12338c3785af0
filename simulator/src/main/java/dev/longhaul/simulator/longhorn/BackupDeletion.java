package dev.longhaul.simulator.longhorn;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.Backup;
import dev.longhaul.longhorn.crd.BackupStatus;
import dev.longhaul.longhorn.crd.BackupTarget;
import dev.longhaul.longhorn.crd.BackupVolume;
import dev.longhaul.longhorn.crd.Snapshot;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Next;
import dev.longhaul.simulator.control.Stored;
import dev.longhaul.simulator.engine.SimulatedEngine;
import dev.longhaul.simulator.engine.Target;

/**
 * Deletes a backup from the target, and then its object. If the target is not available
 * only the object goes: the backup stays there and comes back with the next sync.
 */
final class BackupDeletion implements AutoCloseable {

	private static final Duration LONGEST_BACK_OFF = Duration.ofHours(24);

	private final LonghornParts parts;

	private final LonghornObjects objects;

	private final BackupPlaces places;

	private final Tickets tickets;

	private final Map<String, Attempt> attempts = new ConcurrentHashMap<>();

	private final ExecutorService commands = Executors.newCachedThreadPool(task -> {
		Thread thread = new Thread(task, "backup-delete");
		thread.setDaemon(true);
		return thread;
	});

	BackupDeletion(LonghornParts parts, BackupPlaces places, Tickets tickets) {
		this.parts = parts;
		this.objects = parts.objects();
		this.places = places;
		this.tickets = tickets;
	}

	Next delete(Stored<Backup> backup) {
		String volume = places.volume(backup);
		tickets.remove(volume, Tickets.id(Tickets.BACKUP_CONTROLLER, backup.name()));
		Optional<Stored<BackupTarget>> target = places.target(backup).filter(BackupPlaces::isAvailable);
		Optional<Stored<BackupVolume>> backupVolume = places.backupVolume(places.targetName(backup), volume)
			.filter(found -> !found.isDeleting());
		if (backup.labels().containsKey(Words.ONLY_RESOURCE_LABEL) || target.isEmpty() || backupVolume.isEmpty()) {
			return release(backup);
		}
		Attempt attempt = attempts.get(backup.name());
		if (attempt == null) {
			return begin(backup, target.get(), new Attempt(0, Attempt.State.RUNNING, "", Instant.MIN));
		}
		return switch (attempt.state()) {
			case RUNNING -> Next.after(parts.timing().backupMonitor());
			case FAILED -> retryLater(backup, target.get(), attempt);
			case DONE -> {
				done(backup, backupVolume.get());
				yield release(backup);
			}
		};
	}

	private Next begin(Stored<Backup> backup, Stored<BackupTarget> target, Attempt attempt) {
		BackupStatus status = BackupController.status(backup);
		status.setState(Words.Backups.DELETING);
		status.setMessages(null);
		objects.writeStatus(Backup.class, backup);
		Target open = parts.targets().open(target);
		attempts.put(backup.name(), attempt);
		VolumeName volume = new VolumeName(places.volume(backup));
		BackupName name = new BackupName(backup.name());
		commands.execute(() -> run(open, volume, name, attempt));
		return Next.after(parts.timing().backupMonitor());
	}

	private void run(Target target, VolumeName volume, BackupName name, Attempt attempt) {
		try {
			SimulatedEngine.deleteBackup(target, volume, name, parts.engines().parts());
			attempts.put(name.value(), new Attempt(attempt.failures(), Attempt.State.DONE, "", Instant.MIN));
		}
		catch (LonghaulException ex) {
			Duration backOff = parts.timing().deletionRetry().multipliedBy(1L << Math.min(attempt.failures(), 16));
			Instant next = parts.clock()
				.instant()
				.plus((backOff.compareTo(LONGEST_BACK_OFF) < 0) ? backOff : LONGEST_BACK_OFF);
			attempts.put(name.value(), new Attempt(attempt.failures() + 1, Attempt.State.FAILED, ex.fact(), next));
		}
	}

	private Next retryLater(Stored<Backup> backup, Stored<BackupTarget> target, Attempt attempt) {
		if (!parts.clock().instant().isBefore(attempt.next())) {
			return begin(backup, target, new Attempt(attempt.failures(), Attempt.State.RUNNING, "", Instant.MIN));
		}
		BackupStatus status = BackupController.status(backup);
		status.setState(Words.Backups.ERROR);
		status.setMessages(Map.of("error", attempt.error()));
		objects.writeStatus(Backup.class, backup);
		return Next.after(parts.timing().backupMonitor());
	}

	private void done(Stored<Backup> backup, Stored<BackupVolume> backupVolume) {
		if (backupVolume.view().getStatus() != null
				&& backup.name().equals(backupVolume.view().getStatus().getLastBackupName())) {
			places.requestSync(backupVolume);
		}
		String snapshot = Admission.orElse(backup.view().getSpec().getSnapshotName(), "");
		if (!snapshot.isEmpty() && parts.settings().isOn("auto-cleanup-when-delete-backup")) {
			objects.delete(Snapshot.class, snapshot);
		}
	}

	private Next release(Stored<Backup> backup) {
		attempts.remove(backup.name());
		objects.release(Backup.class, backup, Words.FINALIZER);
		return Next.onChange();
	}

	@Override
	public void close() {
		commands.shutdownNow();
	}

	/**
	 * One command to the engine.
	 *
	 * @param failures before it
	 * @param next when to try again after it has failed
	 */
	private record Attempt(int failures, State state, String error, Instant next) {

		private enum State {

			RUNNING, FAILED, DONE

		}

	}

}
