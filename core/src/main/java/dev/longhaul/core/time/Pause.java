package dev.longhaul.core.time;

import java.time.Duration;

/**
 * A wait between two looks at something. Tests pass one that moves their clock instead.
 */
@FunctionalInterface
public interface Pause {

	/** Waits the real time of the machine. */
	static Pause real() {
		return duration -> Thread.sleep(duration.toMillis());
	}

	/**
	 * @throws InterruptedException if the thread is told to stop meanwhile
	 */
	void of(Duration duration) throws InterruptedException;

}
