package dev.longhaul.scheduler.notification;

import java.util.Locale;

/**
 * How loudly a phone should say it, in growing order.
 */
public enum Urgency {

	LOW, NORMAL, HIGH;

	/** {@code high}. */
	public String word() {
		return name().toLowerCase(Locale.ROOT);
	}

}
