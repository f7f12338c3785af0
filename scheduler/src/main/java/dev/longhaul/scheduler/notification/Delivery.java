package dev.longhaul.scheduler.notification;

import java.time.Duration;

/**
 * What came of one attempt. No reason holds anything that the other side said: it may
 * repeat a secret.
 */
public sealed interface Delivery {

	/** The other side has taken it. */
	record Done() implements Delivery {
	}

	/**
	 * It may be taken later: the other side is away, or what keeps it from coming can be
	 * mended meanwhile, as a password.
	 *
	 * @param pause that the other side asks for; zero if it asks for none
	 */
	record NotNow(String reason, Duration pause) implements Delivery {

		NotNow(String reason) {
			this(reason, Duration.ZERO);
		}

	}

	/** This message will never be taken. */
	record Refused(String reason) implements Delivery {
	}

}
