package dev.longhaul.simulator.longhorn;

import java.time.Duration;

import dev.longhaul.backupstore.write.LockPace;

/**
 * How long everything takes that Longhorn waits for.
 *
 * @param attachmentAppears after a volume, until its VolumeAttachment is there
 * @param attach until an engine runs
 * @param detach until an engine has stopped
 * @param engineMonitor how often the manager asks an engine for its snapshots
 * @param backupMonitor how often it asks how far a backup is
 * @param retry until something that has to wait for something else is looked at again
 * @param deletionRetry after a deletion of a backup has failed, until the first retry
 * @param lockPace of the locks in the target
 */
public record SimulatedTiming(Duration attachmentAppears, Duration attach, Duration detach, Duration engineMonitor,
		Duration backupMonitor, Duration retry, Duration deletionRetry, LockPace lockPace) {

	/** As Longhorn's own constants are. */
	public static final SimulatedTiming REALISTIC = new SimulatedTiming(Duration.ofSeconds(1), Duration.ofSeconds(4),
			Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(1),
			Duration.ofMinutes(1), LockPace.LONGHORN);

	/** For tests and the demo: the same order of things, some fifty times as fast. */
	public static final SimulatedTiming FAST = new SimulatedTiming(Duration.ofMillis(20), Duration.ofMillis(50),
			Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofMillis(20),
			Duration.ofMillis(200), new LockPace(Duration.ofMillis(40), Duration.ofSeconds(1)));

}
