package dev.longhaul.scheduler.notification;

import java.time.Duration;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.gitops.schedule.Recurrence;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is told.
 *
 * @param name by which the outbox, the log and metrics know it
 * @param digest when it gets the table of all verdicts; null if never
 */
public record Channel(String name, Rules rules, @Nullable Recurrence digest, Medium medium) {

	/** Who was away for a day reads the next digest. */
	static final Duration NEWS = Duration.ofHours(24);

	private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

	/**
	 * @throws RefusedRequest if its name is none
	 */
	public Channel {
		if (!NAME.matcher(name).matches()) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"'%s' is not a name of a notification channel".formatted(name),
					"use at most 40 of a-z, 0-9 and inner '-'");
		}
	}

}
