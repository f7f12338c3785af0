package dev.longhaul.backupstore.mirror;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

import dev.longhaul.backupstore.format.Lock;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.format.StoreKey;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectTooLargeException;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;

/**
 * Sees whether backups of a volume are being deleted. Looks only, so a key that may list
 * and read is enough.
 */
final class DeletionWatch {

	/** A lock has a hundred bytes. */
	private static final long MAX_LOCK = 4096;

	private final Side side;

	private final ObjectReader reader;

	private final Clock clock;

	DeletionWatch(Side side, Clock clock, Pause pause) {
		this.side = side;
		this.reader = new ObjectReader(side.store(), pause);
		this.clock = clock;
	}

	/** Whether somebody who deletes holds or wants the volume. */
	boolean isDeleting(VolumeName volume) {
		Listing locks = new Listing(side.store(), side.layout().locksPrefix(volume));
		while (locks.hasNext()) {
			ObjectInfo lock = locks.next();
			if (Lock.isLive(lock.lastModified(), clock.instant()) && isOfDeletion(lock)) {
				return true;
			}
		}
		return false;
	}

	/** One that cannot be read counts for nothing, as Longhorn has it. */
	private boolean isOfDeletion(ObjectInfo file) {
		if (side.layout().parse(file.key()).filter(StoreKey.LockKey.class::isInstance).isEmpty()) {
			return false;
		}
		try {
			Optional<byte[]> content = reader.readFully(file.key(), MAX_LOCK);
			return content.isPresent() && Lock.parse(new ByteArrayInputStream(content.get()), file.lastModified())
				.type() == Lock.Type.DELETION;
		}
		catch (ObjectTooLargeException | MalformedException ex) {
			return false;
		}
		catch (IOException ex) {
			throw new IllegalStateException("reading from memory does not fail", ex);
		}
	}

}
