package dev.longhaul.gitops.appofapps;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.gitops.change.RepositoryFiles;
import dev.longhaul.gitops.form.Problem;
import dev.longhaul.gitops.form.Reading;
import dev.longhaul.gitops.form.TextDocument;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The list of applications in {@code apps/values.yaml}.
 *
 * @param values the file
 * @param entries at least one of them a chart with values of its own
 */
record AppOfApps(TextDocument values, List<Entry> entries) {

	static final String VALUES = "apps/values.yaml";

	private static final String CHART = "apps/Chart.yaml";

	private static final String TEMPLATES = "apps/templates";

	private static final String LIST = "applications";

	/**
	 * @throws RefusedRequest if the repository is no such one; the hint says what was
	 * looked for
	 */
	static AppOfApps read(RepositoryFiles files) {
		if (files.text(CHART).isEmpty()) {
			throw refused("there is no " + CHART);
		}
		if (files.paths(TEMPLATES)
			.stream()
			.noneMatch(path -> files.text(path).filter(text -> text.contains("kind: Application")).isPresent())) {
			throw refused("nothing in " + TEMPLATES + "/ makes a 'kind: Application'");
		}
		TextDocument values = document(files, VALUES)
			.orElseThrow(() -> refused("there is no " + VALUES + ", or more than one document in it"));
		if (!(values.at(LIST) instanceof SequenceNode list) || list.getFlowStyle() == FlowStyle.FLOW) {
			throw refused("'" + LIST + "' in " + VALUES + " is no list with a line for each entry");
		}
		List<Entry> entries = new ArrayList<>();
		list.getValue().forEach(node -> entries.add(Entry.of(values, node)));
		if (entries.stream().noneMatch(Entry::isChart)) {
			throw refused("no entry of '" + LIST + "' in " + VALUES + " has 'sources' with a chart");
		}
		return new AppOfApps(values, entries);
	}

	/**
	 * The only document of a file.
	 * @throws RefusedRequest if the file is no YAML
	 */
	static Optional<TextDocument> document(RepositoryFiles files, String path) {
		Optional<String> text = files.text(path);
		if (text.isEmpty()) {
			return Optional.empty();
		}
		Reading reading = new Reading();
		List<TextDocument> documents = TextDocument.of(path, text.get(), reading);
		for (Problem problem : reading.problems()) {
			throw new RefusedRequest(FailureCode.INVALID_DEFINITION, problem.position() + ": " + problem.fact(),
					problem.hint());
		}
		return (documents.size() == 1) ? Optional.of(documents.get(0)) : Optional.empty();
	}

	private static RefusedRequest refused(String fact) {
		return new RefusedRequest(FailureCode.INVALID_USAGE, "this is no app-of-apps as it is known here: " + fact,
				"looked for a chart in apps/, with a list 'applications' in its values.yaml that its templates make "
						+ "Applications of");
	}

	boolean has(String name) {
		return entries.stream().anyMatch(entry -> entry.name().equals(name));
	}

	/** The lowest in the file that is a chart: what is added next would look like it. */
	Entry neighbour() {
		return entries.stream().filter(Entry::isChart).reduce((first, second) -> second).orElseThrow();
	}

	/** The repository itself, as Argo CD reaches it; empty if it is not said. */
	String repositoryUrl() {
		return values.textAt("config", "spec", "source", "repoURL");
	}

	/** The file with an entry below all others. */
	String with(ChartVersion chart) {
		int lineEnd = values.lineEnd(values.endOf(lastIn(entries.get(entries.size() - 1).node())));
		return values.text().substring(0, lineEnd) + entry(chart) + values.text().substring(lineEnd);
	}

	private static Node lastIn(Node node) {
		if (node instanceof MappingNode mapping && !isFlow(mapping.getFlowStyle(), mapping.getValue())) {
			return lastIn(mapping.getValue().get(mapping.getValue().size() - 1).getValueNode());
		}
		if (node instanceof SequenceNode sequence && !isFlow(sequence.getFlowStyle(), sequence.getValue())) {
			return lastIn(sequence.getValue().get(sequence.getValue().size() - 1));
		}
		return node;
	}

	private static boolean isFlow(FlowStyle style, List<?> elements) {
		return style == FlowStyle.FLOW || elements.isEmpty();
	}

	/** As its neighbour is written: indented and quoted like it. */
	private String entry(ChartVersion chart) {
		Node node = neighbour().node();
		MappingNode source = neighbour().source();
		String lineBreak = values.text().contains("\r\n") ? "\r\n" : "\n";
		String inner = " ".repeat(column(node));
		String deepest = " ".repeat(column(source));
		return lineBreak + String.join(lineBreak, dashed(node) + "name: " + ChartVersion.NAME, inner + "sources:",
				dashed(source) + "repoURL: " + like(source, "repoURL", chart.repository()),
				deepest + "chart: " + like(source, "chart", ChartVersion.NAME),
				deepest + "targetRevision: " + like(source, "targetRevision", chart.version()));
	}

	private static int column(Node node) {
		return node.getStartMark().orElseThrow().getColumn();
	}

	/** What stands before the first key of an element of a list. */
	private String dashed(Node element) {
		int begin = values.beginOf(element);
		String before = values.text().substring(values.text().lastIndexOf('\n', begin) + 1, begin);
		return before.isBlank() ? " ".repeat(Math.max(0, column(element) - 2)) + "- " : before;
	}

	private static String like(MappingNode source, String key, String value) {
		NodeTuple tuple = TextDocument.tuple(source, key);
		if (tuple != null && tuple.getValueNode() instanceof ScalarNode scalar) {
			return switch (scalar.getScalarStyle()) {
				case SINGLE_QUOTED -> "'" + value + "'";
				case DOUBLE_QUOTED -> '"' + value + '"';
				default -> value;
			};
		}
		return value;
	}

	/**
	 * One application.
	 *
	 * @param chart its name; empty if it is none
	 */
	record Entry(Node node, String name, String namespace, String chart) {

		static Entry of(TextDocument values, Node node) {
			TextDocument entry = new TextDocument(values.text(), node, 0, 0);
			String name = entry.textAt("name");
			String namespace = entry.textAt("namespace");
			MappingNode source = source(node);
			String chart = (source != null) ? new TextDocument(values.text(), source, 0, 0).textAt("chart") : "";
			return new Entry(node, name, namespace.isEmpty() ? name : namespace, chart);
		}

		private static @Nullable MappingNode source(Node node) {
			TextDocument entry = new TextDocument("", node, 0, 0);
			if (entry.at("sources") instanceof SequenceNode sources && !sources.getValue().isEmpty()
					&& sources.getFlowStyle() == FlowStyle.BLOCK
					&& sources.getValue().get(0) instanceof MappingNode source
					&& source.getFlowStyle() == FlowStyle.BLOCK) {
				return source;
			}
			return null;
		}

		boolean isChart() {
			return !chart.isEmpty();
		}

		MappingNode source() {
			MappingNode source = source(node);
			if (source == null) {
				throw new IllegalStateException(name + " is no chart");
			}
			return source;
		}

	}

}
