package dev.longhaul.restore.bootstrap;

import java.util.regex.Pattern;

/**
 * A release of a Helm chart, as it has to be installed again.
 *
 * @param chart its name in the repository
 * @param repository an HTTP or HTTPS URL, without a password in it
 * @param version exactly one, no range
 * @param values YAML; empty for those of the chart. They may hold secrets, so nothing of
 * them is printed
 */
public record ChartRelease(String name, String namespace, String chart, String repository, String version,
		String values) {

	/** Where Argo CD's own chart comes from. */
	public static final String ARGO_REPOSITORY = "https://argoproj.github.io/argo-helm";

	/** Of the values, in characters. */
	public static final int LONGEST_VALUES = 64 * 1024;

	/** As Helm limits it. */
	private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,51}[a-z0-9])?");

	private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

	private static final Pattern CHART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");

	private static final Pattern VERSION = Pattern.compile("v?[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.+-]{1,200})?");

	private static final Pattern REPOSITORY = Pattern.compile("https?://[^\\s@?#]{1,2000}");

	public ChartRelease {
		if (!NAME.matcher(name).matches() || !NAMESPACE.matcher(namespace).matches()) {
			throw new IllegalArgumentException("a release has a name and a namespace in small letters");
		}
		if (!CHART.matcher(chart).matches()) {
			throw new IllegalArgumentException("a chart has a name of letters, digits, '.', '_' and '-'");
		}
		if (!VERSION.matcher(version).matches()) {
			throw new IllegalArgumentException("a chart to be installed again has one version such as 8.1.3");
		}
		if (!REPOSITORY.matcher(repository).matches()) {
			throw new IllegalArgumentException(
					"the repository of a chart is an http:// or https:// URL, with no password and no query in it");
		}
		if (values.length() > LONGEST_VALUES) {
			throw new IllegalArgumentException(
					"the values of a chart have at most %d KiB".formatted(LONGEST_VALUES / 1024));
		}
	}

	/** Without the values. */
	@Override
	public String toString() {
		return "%s/%s: %s %s of %s%s".formatted(namespace, name, chart, version, repository,
				values.isBlank() ? "" : ", with values");
	}

}
