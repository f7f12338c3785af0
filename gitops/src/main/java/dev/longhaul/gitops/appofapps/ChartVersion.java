package dev.longhaul.gitops.appofapps;

/**
 * The chart that Argo CD is to install.
 *
 * @param repository of charts, a URL
 * @param version of the chart
 */
public record ChartVersion(String repository, String version) {

	static final String NAME = "longhaul";

	/**
	 * @throws IllegalArgumentException if they could not stand in a values file as they
	 * are
	 */
	public ChartVersion {
		if (!repository.matches("(https?|oci)://[A-Za-z0-9._:/~-]{1,200}")) {
			throw new IllegalArgumentException("'" + repository + "' is no URL of a repository of charts");
		}
		if (!version.matches("v?[0-9]+[.][0-9]+[.][0-9]+([-+][A-Za-z0-9.+-]{1,60})?")) {
			throw new IllegalArgumentException("'" + version + "' is no version of a chart, such as 0.1.0");
		}
	}

}
