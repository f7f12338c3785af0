package dev.longhaul.core.deploy;

/**
 * Where what an Application deploys comes from.
 *
 * @param repository URL of a Git or chart repository
 * @param chart name of a chart; empty if it is in Git
 * @param path folder in Git; empty if it is a chart, or only lends its values to others
 * @param revision a branch, tag or version
 */
public record ApplicationSource(String repository, String chart, String path, String revision) {

	public boolean isInGit() {
		return chart.isEmpty();
	}

}
