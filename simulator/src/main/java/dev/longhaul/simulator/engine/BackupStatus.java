package dev.longhaul.simulator.engine;

/**
 * What an engine says about a backup.
 *
 * @param progress 0 to 100
 * @param url empty until the upload is done
 * @param error empty if there is none
 */
public record BackupStatus(String snapshot, State state, int progress, String url, String error) {

	/** The engine's words. */
	public enum State {

		IN_PROGRESS, COMPLETE, ERROR

	}

}
