package dev.longhaul.batch.backup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

import dev.longhaul.core.time.Pause;

/**
 * A clock that only a pause moves: a night takes milliseconds.
 */
public final class VirtualTime extends Clock implements Pause {

	private final AtomicReference<Instant> now;

	public VirtualTime(Instant start) {
		this.now = new AtomicReference<>(start);
	}

	@Override
	public void of(Duration duration) {
		now.updateAndGet(instant -> instant.plus(duration));
	}

	@Override
	public Instant instant() {
		return now.get();
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

}
