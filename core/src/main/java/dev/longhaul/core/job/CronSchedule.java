package dev.longhaul.core.job;

import java.time.ZoneId;

/**
 * Five fields of cron, as Kubernetes and Longhorn write them, and the time zone they
 * mean.
 */
public record CronSchedule(String expression, ZoneId zone) {

	@Override
	public String toString() {
		return expression + " " + zone;
	}

}
