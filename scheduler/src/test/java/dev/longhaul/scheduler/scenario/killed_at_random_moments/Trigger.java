package dev.longhaul.scheduler.scenario.killed_at_random_moments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;

import dev.longhaul.core.run.Night;
import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Traces;
import org.awaitility.Awaitility;

/**
 * What can be seen of a running night from outside, in the order in which it happens. A
 * delay that counts from here hits what comes next, however busy the machine is.
 */
enum Trigger {

	STARTED("it was started", 3) {

		@Override
		boolean hasHappened(Program.Running running, Traces traces, Night night) {
			return true;
		}

	},

	BEGUN("its first line", 5) {

		@Override
		boolean hasHappened(Program.Running running, Traces traces, Night night) {
			try {
				return Files.size(running.out()) > 0;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	},

	FIRST_BACKUP("its first backup was asked for", 7) {

		@Override
		boolean hasHappened(Program.Running running, Traces traces, Night night) {
			return traces.backups(night) > 0;
		}

	},

	MANIFEST_WRITTEN("its manifest was written", 5) {

		@Override
		boolean hasHappened(Program.Running running, Traces traces, Night night) {
			return traces.catalog().findManifest(night).isPresent();
		}

	};

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private static final Duration LOOK = Duration.ofMillis(25);

	private final String description;

	private final int kills;

	/**
	 * @param kills how many nights are killed after this and before the next
	 */
	Trigger(String description, int kills) {
		this.description = description;
		this.kills = kills;
	}

	int kills() {
		return kills;
	}

	abstract boolean hasHappened(Program.Running running, Traces traces, Night night);

	/** Waits for it, or for the end of the program. */
	void await(Program.Running running, Traces traces, Night night) {
		Awaitility.await()
			.atMost(LIMIT)
			.pollDelay(Duration.ZERO)
			.pollInterval(LOOK)
			.until(() -> hasHappened(running, traces, night) || !running.process().isAlive());
	}

	@Override
	public String toString() {
		return description;
	}

}
