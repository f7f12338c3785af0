package dev.longhaul.scheduler.notification;

import java.util.Set;

import dev.longhaul.core.run.JobName;

/**
 * What a channel hears of. Digests go by the clock of each channel, and a test goes to
 * whoever is tested.
 */
public sealed interface Rules {

	boolean hears(Occasion occasion);

	/** For people, who want to hear what is new. */
	record News(Set<Subject> subjects) implements Rules {

		public News {
			subjects = Set.copyOf(subjects);
		}

		@Override
		public boolean hears(Occasion occasion) {
			return ((occasion instanceof Occasion.RunFailed || occasion instanceof Occasion.KitOutdated)
					&& subjects.contains(Subject.FAILURE))
					|| (occasion instanceof Occasion.VerdictChanged && subjects.contains(Subject.CHANGE));
		}

	}

	/** What people may want to hear of; the names are those of the configuration. */
	enum Subject {

		/** A run failed, or the recovery kit would. */
		FAILURE,

		/** A clause of a verdict is answered otherwise than before. */
		CHANGE

	}

	/**
	 * For a watch that raises the alarm when it hears nothing: beginnings and ends of
	 * runs.
	 *
	 * @param jobs all if empty
	 */
	record Pulse(Set<JobName> jobs) implements Rules {

		public Pulse {
			jobs = Set.copyOf(jobs);
		}

		@Override
		public boolean hears(Occasion occasion) {
			if (occasion instanceof Occasion.RunStarted started) {
				return isOf(started.run().job());
			}
			if (occasion instanceof Occasion.RunSucceeded succeeded) {
				return isOf(succeeded.run().job());
			}
			return occasion instanceof Occasion.RunFailed failed && isOf(failed.run().job());
		}

		private boolean isOf(JobName job) {
			return jobs.isEmpty() || jobs.contains(job);
		}

	}

}
