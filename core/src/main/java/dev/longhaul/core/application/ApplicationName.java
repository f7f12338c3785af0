package dev.longhaul.core.application;

import java.util.regex.Pattern;

/**
 * The name of an application: a DNS label, so that it fits into labels, keys and names.
 */
public record ApplicationName(String value) implements Comparable<ApplicationName> {

	private static final Pattern PATTERN = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

	public ApplicationName {
		if (!PATTERN.matcher(value).matches()) {
			throw new IllegalArgumentException(
					"'" + value + "' is not an application name: use at most 40 of a-z, 0-9 and inner '-'");
		}
	}

	@Override
	public int compareTo(ApplicationName other) {
		return value.compareTo(other.value);
	}

	@Override
	public String toString() {
		return value;
	}

}
