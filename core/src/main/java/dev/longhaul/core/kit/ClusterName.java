package dev.longhaul.core.kit;

import java.util.regex.Pattern;

/**
 * What its owner calls a cluster. The cluster itself does not know it, and the one that
 * takes its place is called the same.
 */
public record ClusterName(String value) {

	private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

	public ClusterName {
		if (!FORM.matcher(value).matches()) {
			throw new IllegalArgumentException(
					"the name of a cluster has 1 to 63 letters, digits, '.', '_' and '-', as 'home'");
		}
	}

	@Override
	public String toString() {
		return value;
	}

}
