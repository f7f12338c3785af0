package dev.longhaul.simulator.argo;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One source of an application.
 *
 * @param chart of a chart repository, empty if it is a folder in Git
 * @param ref by which value files of other sources name this one, or empty
 * @param helm what Helm is told, empty if nothing
 */
record Source(String repository, String revision, String path, String chart, String ref, Fields helm) {

	/** Of an application with one source, or several. */
	static List<Source> of(Fields spec) {
		return Stream
			.concat(Stream.of(spec.child("source")).filter(source -> !source.map().isEmpty()),
					spec.children("sources").stream())
			.map(Source::read)
			.toList();
	}

	private static Source read(Fields source) {
		return new Source(source.text("repoURL"), source.text("targetRevision"), source.text("path"),
				source.text("chart"), source.text("ref"), source.child("helm"));
	}

	boolean isChart() {
		return !chart.isEmpty();
	}

	/** Whether it only lends its files to others. */
	boolean isOnlyReferred() {
		return chart.isEmpty() && path.isEmpty();
	}

	String releaseName(String application) {
		String named = helm.text("releaseName");
		return named.isEmpty() ? application : named;
	}

	/** What is set one by one, in its order. */
	List<Map.Entry<String, String>> parameters() {
		return helm.children("parameters")
			.stream()
			.map(parameter -> Map.entry(parameter.text("name").strip(), parameter.text("value")))
			.toList();
	}

	@Override
	public String toString() {
		return Objects.requireNonNullElse(chart, "").isEmpty() ? repository + " " + path : repository + " " + chart;
	}

}
