package dev.longhaul.batch.backup;

import dev.longhaul.core.application.RestorePoint;

/**
 * Bounds what the objects of claims take in one document, whatever a cluster has put into
 * them: a manifest that is too long would never be read again, and with it the backups
 * would be lost that it tells of.
 */
final class RoomForObjects {

	/** In bytes; some thousand claims with what people usually declare. */
	static final long MOST = 8 * 1024 * 1024;

	private final NightListener listener;

	private long left = MOST;

	RoomForObjects(NightListener listener) {
		this.listener = listener;
	}

	/** The restore point, without those objects if there is no room left for them. */
	RestorePoint fit(RestorePoint point) {
		long size = point.objectSize();
		if (size > left) {
			String why = "there is no room left for it: the objects of a night may take %d bytes".formatted(MOST);
			listener.on(new NightEvent.Warned(
					"what makes the claims of '%s' is not recorded: %s".formatted(point.application(), why)));
			return point.withoutObjects(why);
		}
		left -= size;
		return point;
	}

}
