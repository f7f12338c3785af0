package dev.longhaul.scheduler.notification;

import java.time.Duration;

/**
 * How long one attempt may take.
 *
 * @param connect until there is a connection
 * @param whole until there is an answer
 */
public record Limits(Duration connect, Duration whole) {

	/** Anything that is up answers in seconds. */
	public static final Limits USUAL = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(30));

}
