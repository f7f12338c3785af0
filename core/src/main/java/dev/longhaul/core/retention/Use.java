package dev.longhaul.core.retention;

import java.util.Locale;

/**
 * Somebody reads a restore point right now, or may.
 *
 * @param by who: a run, a drill
 */
public record Use(Activity activity, String by) {

	/** What is being done to it. */
	public enum Activity {

		RESTORED, VERIFIED, MIRRORED,

		/** By somebody who locked it and does not say for what. */
		READ

	}

	@Override
	public String toString() {
		return "being " + activity.name().toLowerCase(Locale.ROOT) + " by " + by;
	}

}
