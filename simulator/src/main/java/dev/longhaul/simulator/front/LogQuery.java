package dev.longhaul.simulator.front;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a container's log is asked for.
 *
 * @param follow whether to go on with what is written later, until the container's end
 * @param previous whether the log of the run before the present one is meant
 * @param timestamps whether each line begins with its time
 * @param since only lines not older; null for all
 * @param tailLines at most that many of the last lines; null for all
 * @param limitBytes at most that many bytes; null for all
 */
public record LogQuery(boolean follow, boolean previous, boolean timestamps, @Nullable Instant since,
		@Nullable Integer tailLines, @Nullable Integer limitBytes) {

}
