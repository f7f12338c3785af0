package dev.longhaul.restore.run;

import java.time.Instant;

/**
 * What runs of a plan have done, in its order. The cluster decides what is left to do;
 * the journal knows when it began, and tells a person what happened.
 */
public interface RestoreJournal {

	/** Of what nobody has to go on with. */
	RestoreJournal UNKEPT = new RestoreJournal() {

		@Override
		public Instant begin(String planHash, Instant now) {
			return now;
		}

		@Override
		public void record(Instant at, String event, String subject) {
		}

	};

	/**
	 * Opens the journal for a plan.
	 * @return when the first run of the plan began
	 * @throws dev.longhaul.core.failure.RefusedRequest if the journal is that of another
	 * plan
	 */
	Instant begin(String planHash, Instant now);

	/**
	 * @param event what was done, such as {@code volume-asked}
	 * @param subject to what
	 */
	void record(Instant at, String event, String subject);

}
