package dev.longhaul.core.run;

import java.util.regex.Pattern;

/**
 * The name of a job: a DNS label, short enough to lead the names that derive from it.
 */
public record JobName(String value) {

	private static final Pattern PATTERN = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

	public JobName {
		if (!PATTERN.matcher(value).matches()) {
			throw new IllegalArgumentException(
					"'" + value + "' is not a job name: use at most 40 of a-z, 0-9 and inner '-'");
		}
	}

	@Override
	public String toString() {
		return value;
	}

}
