package dev.longhaul.scheduler.night;

import dev.longhaul.batch.backup.NightEvent;
import dev.longhaul.batch.backup.NightListener;
import org.jspecify.annotations.Nullable;

/**
 * Passes events on and keeps the one that says what the night came to.
 */
final class LastWord implements NightListener {

	private final NightListener next;

	private volatile NightEvent.@Nullable Judged judged;

	LastWord(NightListener next) {
		this.next = next;
	}

	@Override
	public void on(NightEvent event) {
		if (event instanceof NightEvent.Judged last) {
			judged = last;
		}
		next.on(event);
	}

	/** Null if the night did not come to a verdict in this process. */
	NightEvent.@Nullable Judged judged() {
		return judged;
	}

}
