package dev.longhaul.backupstore.object;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import dev.longhaul.backupstore.testing.VersionedMemory;
import org.threeten.extra.MutableClock;

/** So that what is shown over it holds over a bucket. */
class VersionedMemoryTest extends VersionedStoreContract {

	private final MutableClock clock = MutableClock.of(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);

	private final VersionedMemory store = new VersionedMemory(clock, 3);

	@Override
	protected VersionedStore store() {
		return store;
	}

	@Override
	protected void letTimePass() {
		clock.add(Duration.ofSeconds(1));
	}

}
