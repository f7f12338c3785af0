package dev.longhaul.core.cluster;

import java.util.Map;
import java.util.TreeSet;

/**
 * What a cluster needs to open a bucket, by Longhorn's names. Never printed.
 */
public record TargetCredentials(Map<String, String> variables) {

	public TargetCredentials {
		variables = Map.copyOf(variables);
	}

	@Override
	public String toString() {
		return "TargetCredentials" + new TreeSet<>(variables.keySet());
	}

}
