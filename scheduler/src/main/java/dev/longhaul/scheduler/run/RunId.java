package dev.longhaul.scheduler.run;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names one execution of a job. It is a UUID of version 7, so ids sort by the moment at
 * which the run was asked for.
 */
public record RunId(String value) {

	private static final Pattern PATTERN = Pattern
		.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");

	public RunId {
		if (!PATTERN.matcher(value).matches()) {
			throw new IllegalArgumentException("'%s' is not the id of a run".formatted(value));
		}
	}

	/** When the run was asked for, to the millisecond. */
	public Instant askedAt() {
		return Instant.ofEpochMilli(UUID.fromString(value).getMostSignificantBits() >>> 16);
	}

	@Override
	public String toString() {
		return value;
	}

}
