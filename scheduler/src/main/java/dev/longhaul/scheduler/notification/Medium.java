package dev.longhaul.scheduler.notification;

import java.time.Duration;

import dev.longhaul.core.failure.RefusedRequest;

/**
 * How messages leave, and where to. May be tried several times with one message: a
 * receiver can tell doubles by their id.
 */
public sealed interface Medium permits Mail, Webhook, Ntfy, Gotify, Chat, Ping {

	/** For people; without a secret. */
	String describe();

	/**
	 * Finds out what is missing here, without asking the other side.
	 * @throws RefusedRequest if a credential cannot be used
	 */
	void check();

	/** Tries once, within {@link Limits}; does not throw. */
	Delivery deliver(Message message);

	/** For how long a message is worth being told. */
	Duration freshness();

}
