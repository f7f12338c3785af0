package dev.longhaul.batch.quiet;

import java.time.Duration;
import java.time.Instant;

import dev.longhaul.core.cluster.QuietRecord;
import dev.longhaul.core.cluster.WorkloadCluster;
import dev.longhaul.core.cluster.WorkloadCluster.CommandResult;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.profile.Release;

/**
 * Releases an application, again and again for a bounded time: being told to stop does
 * not end it.
 */
final class Undoing {

	/** Of each release, apart from its own timeout: a pod may be starting anew. */
	static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

	private final WorkloadCluster workloads;

	private final Waits waits;

	Undoing(WorkloadCluster workloads, Waits waits) {
		this.workloads = workloads;
		this.waits = waits;
	}

	/**
	 * Tries each, also when one before has failed.
	 * @throws RefusedRequest if one could not be undone, after all were tried
	 */
	void undoAll(QuietRecord record) {
		StringBuilder failed = new StringBuilder();
		for (Release release : record.releases()) {
			try {
				persist(release);
			}
			catch (LonghaulException ex) {
				failed.append(failed.isEmpty() ? "" : "; ").append(release.describe()).append(": ").append(ex.fact());
			}
		}
		if (!failed.isEmpty()) {
			throw notReleased(record, failed.toString());
		}
	}

	static RefusedRequest notReleased(QuietRecord record, String why) {
		return new RefusedRequest(FailureCode.NOT_RELEASED,
				"application '%s', quiet since %s, could not be released: %s".formatted(record.application(),
						record.since(), why),
				"release it by hand; the next start tries again, until its record in Longhorn's namespace is gone");
	}

	/**
	 * An interrupt that is pending would end every call at once; it is given back
	 * afterwards.
	 */
	static void uninterrupted(Runnable work) {
		boolean interrupted = Thread.interrupted();
		try {
			work.run();
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * @throws LonghaulException the last failure, when patience is over
	 */
	private void persist(Release release) {
		Instant end = waits.clock().instant().plus(PATIENCE);
		Duration wait = FIRST_PAUSE;
		while (true) {
			boolean last = !waits.clock().instant().isBefore(end);
			try {
				attempt(release);
				return;
			}
			catch (LonghaulException ex) {
				if (last) {
					throw ex;
				}
			}
			pause(wait);
			wait = (wait.compareTo(LONGEST_PAUSE) < 0) ? wait.multipliedBy(2) : LONGEST_PAUSE;
		}
	}

	private void attempt(Release release) {
		if (release instanceof Release.RunAfter run) {
			CommandResult result = workloads.run(run.place(), run.command(), run.timeout());
			if (result.exitCode() != 0) {
				throw OpenWindow.ended(run.what(), run.place().toString(), result);
			}
		}
		else if (release instanceof Release.ScaleBack back && workloads.scale(back.workload()).wanted() == 0) {
			// Not changed means that somebody else has just done it.
			workloads.scale(back.workload(), 0, back.pods());
		}
	}

	private void pause(Duration wait) {
		try {
			waits.stubborn().of(wait);
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "releasing an application");
		}
	}

}
