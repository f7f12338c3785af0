package dev.longhaul.backupstore.write;

import java.time.Duration;

/**
 * The waits of the lock protocol.
 *
 * @param settle between putting a lock and looking for others: whoever came at the same
 * moment is visible by then
 * @param refresh how often a held lock is put again
 */
public record LockPace(Duration settle, Duration refresh) {

	/** What Longhorn does. */
	public static final LockPace LONGHORN = new LockPace(Duration.ofSeconds(2), Duration.ofSeconds(60));

	public LockPace {
		if (settle.isNegative()) {
			throw new IllegalArgumentException("settle must not be negative, not " + settle);
		}
		if (refresh.isNegative() || refresh.isZero()) {
			throw new IllegalArgumentException("refresh must be positive, not " + refresh);
		}
	}

}
