package dev.longhaul.simulator.longhorn;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

import dev.longhaul.longhorn.crd.Backup;
import dev.longhaul.longhorn.crd.BackupStatus;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Next;
import dev.longhaul.simulator.control.Reconciler;
import dev.longhaul.simulator.control.Stored;

/**
 * Plays the backup controller: an object with a snapshot is a backup to be made, one
 * without mirrors what the target holds.
 */
final class BackupController implements Reconciler, AutoCloseable {

	private static final Set<String> FINAL = Set.of(Words.Backups.COMPLETED, Words.Backups.ERROR, Words.Backups.UNKNOWN,
			Words.Backups.DELETING);

	private final LonghornObjects objects;

	private final Admission admission;

	private final Tickets tickets;

	private final BackupPlaces places;

	private final BackupMaking making;

	private final BackupReading reading;

	private final BackupDeletion deletion;

	BackupController(LonghornParts parts) {
		this.objects = parts.objects();
		this.admission = new Admission(objects, parts.release());
		this.tickets = new Tickets(objects);
		this.places = new BackupPlaces(parts);
		this.making = new BackupMaking(parts, places, tickets);
		this.reading = new BackupReading(parts, places);
		this.deletion = new BackupDeletion(parts, places, tickets);
	}

	@Override
	public Next reconcile(String name) throws IOException {
		Optional<Stored<Backup>> found = objects.find(Backup.class, name);
		if (found.isEmpty()) {
			return Next.onChange();
		}
		Stored<Backup> backup = found.get();
		if (backup.isDeleting()) {
			return deletion.delete(backup);
		}
		if (isToBeMade(backup)) {
			return making.make(admission.backup(backup));
		}
		Stored<Backup> admitted = admission.admitted(Backup.class, backup);
		if (isMadeHere(admitted)) {
			tickets.remove(places.volume(admitted), making.ticket(admitted));
		}
		return reading.isDue(admitted) ? reading.read(admitted) : Next.onChange();
	}

	private static boolean isToBeMade(Stored<Backup> backup) {
		BackupStatus status = status(backup);
		return isMadeHere(backup) && status.getLastSyncedAt() == null
				&& !FINAL.contains(Admission.orElse(status.getState(), ""));
	}

	static boolean isMadeHere(Stored<Backup> backup) {
		return !Admission.orElse(backup.view().getSpec().getSnapshotName(), "").isEmpty();
	}

	static BackupStatus status(Stored<Backup> backup) {
		if (backup.view().getStatus() == null) {
			backup.view().setStatus(new BackupStatus());
		}
		return backup.view().getStatus();
	}

	@Override
	public void close() {
		deletion.close();
	}

}
