package dev.longhaul.scheduler.ledger;

import java.time.Instant;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.ApplicationRecord.Judged;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * One application at a glance.
 *
 * @param judged null if it was never judged
 * @param newestProven the time of the data of the newest restore point that was proven;
 * null if none was
 * @param newest null if it has no restore point
 * @param points how many restore points it has
 */
public record ApplicationRow(ApplicationName application, @Nullable Judged judged, @Nullable Instant newestProven,
		@Nullable Newest newest, int points, Trend trend) {

	/**
	 * The newest restore point, proven or not.
	 *
	 * @param takenAt the time of its data
	 * @param size of all its volumes together
	 */
	public record Newest(Night night, Instant takenAt, int volumes, ByteSize size) {
	}

	/** What was never judged, nobody knows. */
	public Answer overall() {
		return (judged != null) ? judged.verdict().overall() : Answer.UNKNOWN;
	}

}
