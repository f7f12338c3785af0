package dev.longhaul.scheduler.run;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.longhaul.backupstore.object.CallListener;
import dev.longhaul.core.run.RunAtHand;

/**
 * What is counted for each run that is under way. Several runs call the same targets at
 * once; the thread of a call says whose it is.
 */
public final class RunTallies {

	private final Map<String, RunTally> underWay = new ConcurrentHashMap<>();

	/** The tally of a run that begins. */
	RunTally begin(RunId run) {
		RunTally tally = new RunTally();
		underWay.put(run.value(), tally);
		return tally;
	}

	/** What is called after this is counted for nobody. */
	void end(RunId run) {
		underWay.remove(run.value());
	}

	/**
	 * Counts the calls of one target for the run at hand; those that are made for none
	 * are not counted here.
	 * @param target its name in the configuration
	 */
	public CallListener of(String target) {
		return (callClass, sent, received) -> atHand()
			.ifPresent(tally -> tally.answered(target, callClass, sent, received));
	}

	private Optional<RunTally> atHand() {
		return RunAtHand.here().map(run -> underWay.get(run.id()));
	}

}
