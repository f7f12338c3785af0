package dev.longhaul.core.cluster;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;

import dev.longhaul.core.workload.Place;

/**
 * Commands whose output is too large to be kept.
 */
public interface CommandStreams {

	/**
	 * Begins a command, in the first ready pod by name.
	 * @param timeout until the last of its output has to be read; then it fails
	 * @return what it prints, as it prints it: it waits while nobody reads. It ends only
	 * if the command ended with exit code 0; otherwise reading fails with a
	 * {@link dev.longhaul.core.failure.LonghaulException} that says what the command
	 * complained about. Closed by the caller, which ends the connection
	 * @throws dev.longhaul.core.failure.LonghaulException as {@link WorkloadCluster#run}
	 * does, if it was not begun
	 */
	InputStream stream(Place place, List<String> command, Duration timeout);

}
