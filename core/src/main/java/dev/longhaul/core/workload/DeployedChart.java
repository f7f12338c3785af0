package dev.longhaul.core.workload;

import java.util.stream.Stream;

/**
 * A Helm chart as it is in force.
 *
 * @param application what it is the chart of, such as {@code gitea}
 * @param chart its name
 * @param repository where it came from; empty if the cluster does not say
 * @param version that was resolved, where the declaration leaves a choice
 */
public record DeployedChart(String application, String chart, String repository, String version) {

	/** A URL takes more than the others. */
	private static final int LONGEST = 2048;

	public DeployedChart {
		if (Stream.of(application, chart, version).anyMatch(String::isBlank)) {
			throw new IllegalArgumentException("a chart has an application, a name and a version");
		}
		if (Stream.of(application, chart, repository, version).anyMatch(text -> text.length() > LONGEST)) {
			throw new IllegalArgumentException("what is said of a chart has at most %d characters".formatted(LONGEST));
		}
	}

}
