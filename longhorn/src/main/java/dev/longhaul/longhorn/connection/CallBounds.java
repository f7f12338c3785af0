package dev.longhaul.longhorn.connection;

import java.time.Duration;

/**
 * How long one call of the Kubernetes API may take, and how much it may answer.
 *
 * @param connect until the connection stands
 * @param answer until the first byte of the answer, and again until its last; longer than
 * the 10 s an admission webhook may take
 * @param answerBytes size of one answer
 */
public record CallBounds(Duration connect, Duration answer, long answerBytes) {

	/** For interactive use and for the server alike. */
	public static final CallBounds DEFAULT = new CallBounds(Duration.ofSeconds(5), Duration.ofSeconds(30),
			64L * 1024 * 1024);

	public CallBounds {
		if (connect.toMillis() < 1 || answer.toMillis() < 1 || answerBytes < 1) {
			throw new IllegalArgumentException(
					"every bound must be positive: " + connect + ", " + answer + ", " + answerBytes + " bytes");
		}
	}

}
