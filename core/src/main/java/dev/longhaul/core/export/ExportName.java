package dev.longhaul.core.export;

import java.util.regex.Pattern;

/**
 * The name of an export within its application: a DNS label, because it is the name of an
 * object too.
 */
public record ExportName(String value) implements Comparable<ExportName> {

	private static final Pattern PATTERN = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

	public ExportName {
		if (!PATTERN.matcher(value).matches()) {
			throw new IllegalArgumentException(
					"'" + value + "' is not the name of an export: use at most 40 of a-z, 0-9 and inner '-'");
		}
	}

	@Override
	public int compareTo(ExportName other) {
		return value.compareTo(other.value);
	}

	@Override
	public String toString() {
		return value;
	}

}
