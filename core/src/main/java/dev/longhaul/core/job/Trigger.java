package dev.longhaul.core.job;

import java.time.Duration;
import java.util.List;

/**
 * When a job runs.
 *
 * @param suspended it keeps its place and its history and does not start by itself, as a
 * CronJob of Kubernetes does
 * @param jitter the longest a start is put off, by a share that is the job's own, so that
 * not everything begins at the same second
 * @param blackouts no run starts within one; one that was due then is misfired
 */
public record Trigger(Start start, boolean suspended, Misfire misfire, Duration jitter, List<Blackout> blackouts) {

	/** More would move a run to where nobody looks for it. */
	public static final Duration LONGEST_JITTER = Duration.ofHours(6);

	public Trigger {
		blackouts = List.copyOf(blackouts);
		if (jitter.isNegative() || jitter.compareTo(LONGEST_JITTER) > 0) {
			throw new IllegalArgumentException("a jitter is at most 6 hours, not " + jitter);
		}
	}

}
