package dev.longhaul.core.retention;

import java.util.Locale;

/**
 * Somebody reads a restore point right now.
 *
 * @param by who: a run, a drill
 */
public record Use(Activity activity, String by) {

	/** What is being done to it. */
	public enum Activity {

		RESTORED, VERIFIED, MIRRORED

	}

	@Override
	public String toString() {
		return "being " + activity.name().toLowerCase(Locale.ROOT) + " by " + by;
	}

}
