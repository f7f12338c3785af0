package dev.longhaul.scheduler.notification;

import java.util.Locale;

/**
 * The kinds of {@link Occasion}, as receivers and the database know them. A name never
 * changes.
 */
public enum Event {

	RUN_STARTED, RUN_SUCCEEDED, RUN_FAILED, VERDICT_CHANGED, KIT_OUTDATED, DIGEST, TEST;

	/** {@code run-failed}. */
	public String word() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
