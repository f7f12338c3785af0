package dev.longhaul.backupstore.s3;

import java.time.Duration;

/**
 * How long a bucket is waited for, and how often it is asked again.
 *
 * @param attempts of one call, the first included
 * @param firstBackOff the longest wait before the second attempt; doubles with each, and
 * the wait itself is drawn at random below it
 * @param longestBackOff no wait is longer, whatever the bucket asks for
 * @param connect for a connection to come about
 * @param silence between two packets
 * @param answer for one attempt; one that carries content is given what the content takes
 * at {@value #SLOWEST_BYTES_PER_SECOND} bytes a second on top
 */
public record S3Limits(int attempts, Duration firstBackOff, Duration longestBackOff, Duration connect, Duration silence,
		Duration answer) {

	/** A transfer slower than this has died without saying so. */
	static final int SLOWEST_BYTES_PER_SECOND = 16 * 1024;

	/** For a bucket on the other side of the internet. */
	public static final S3Limits DEFAULT = new S3Limits(6, Duration.ofMillis(250), Duration.ofSeconds(20),
			Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60));

	public S3Limits {
		if (attempts < 1) {
			throw new IllegalArgumentException("a call is attempted at least once, not " + attempts + " times");
		}
		for (Duration limit : new Duration[] { firstBackOff, longestBackOff, connect, silence, answer }) {
			if (limit.isNegative() || limit.isZero()) {
				throw new IllegalArgumentException("a limit must be positive, not " + limit);
			}
		}
	}

	Duration forContent(long bytes) {
		return answer.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND);
	}

}
