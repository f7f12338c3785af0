package dev.longhaul.simulator.engine;

/**
 * What an engine says about a restore.
 *
 * @param progress 0 to 100
 * @param failedReplicas how many have given up; they are the last ones
 * @param error of those, empty if there is none
 */
public record RestoreStatus(RestoreOrder order, State state, int progress, int failedReplicas, String error) {

	/** The engine's words. */
	public enum State {

		IN_PROGRESS, COMPLETE, ERROR

	}

}
