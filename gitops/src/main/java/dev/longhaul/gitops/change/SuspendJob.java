package dev.longhaul.gitops.change;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.definition.DefinitionFolder;
import dev.longhaul.gitops.definition.DefinitionReader;
import dev.longhaul.gitops.definition.ReadResult;
import dev.longhaul.gitops.form.TextDocument;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.jspecify.annotations.Nullable;

/**
 * Pauses a job or lets it run again, by the key {@code suspend} of its document and
 * nothing else.
 */
public final class SuspendJob implements RepositoryChange {

	private static final String KEY = "suspend";

	/** The key goes below the last of these, where people look for it. */
	private static final List<String> ABOVE = List.of("timeZone", "schedule", "after");

	private final JobName job;

	private final Wanted wanted;

	public SuspendJob(JobName job, Wanted wanted) {
		this.job = job;
		this.wanted = wanted;
	}

	@Override
	public Proposal apply(RepositoryFiles files) {
		DocumentName.Place place = place(files);
		DocumentName name = DocumentName.of(place.document());
		EditedFiles edited = new EditedFiles(files);
		if (isSuspended(place.document()) != (wanted == Wanted.PAUSED)) {
			edited.put(place.path(), edit(place.document()));
			Untouched.require(files, edited, List.of(name));
			requireWanted(edited);
		}
		TreeMap<String, String> basis = new TreeMap<>();
		basis.put(name.toString(), place.document().body());
		return new Proposal("longhaul: %s %s".formatted(wanted.verb(), job), edited.differing(), basis);
	}

	private DocumentName.Place place(RepositoryFiles files) {
		return DefinitionFolder.kindsIn("jobs")
			.stream()
			.map(kind -> new DocumentName(kind, job.value()).findIn(files))
			.flatMap(Optional::stream)
			.findFirst()
			.orElseThrow(() -> new RefusedRequest(FailureCode.INVALID_USAGE, "no job '" + job + "' is defined",
					defined(files)));
	}

	private static String defined(RepositoryFiles files) {
		if (DefinitionReader.read(files.definitions()) instanceof ReadResult.Sound sound
				&& !sound.definitions().jobs().isEmpty()) {
			return "defined are " + sound.definitions()
				.jobs()
				.stream()
				.map(JobDefinition::name)
				.map(Objects::toString)
				.collect(Collectors.joining(", "));
		}
		return "'longhaul jobs validate' shows what is defined in a clone";
	}

	private static boolean isSuspended(TextDocument document) {
		return document.textAt("spec", KEY).equals("true");
	}

	private String edit(TextDocument document) {
		if (!(document.at("spec") instanceof MappingNode spec)) {
			throw byHand();
		}
		NodeTuple present = TextDocument.tuple(spec, KEY);
		if (present == null) {
			return insert(document, spec);
		}
		return (wanted == Wanted.PAUSED) ? replace(document, present.getValueNode(), "true")
				: remove(document, present);
	}

	private static String insert(TextDocument document, MappingNode spec) {
		NodeTuple above = above(spec);
		if (above == null) {
			throw byHand();
		}
		String text = document.text();
		int end = document.endOf(above.getValueNode());
		if (spec.getFlowStyle() == FlowStyle.FLOW) {
			return text.substring(0, end) + ", " + KEY + ": true" + text.substring(end);
		}
		int column = above.getKeyNode().getStartMark().orElseThrow().getColumn();
		int lineEnd = document.lineEnd(end);
		String lineBreak = (lineEnd > 0 && text.charAt(lineEnd - 1) == '\r') ? "\r\n" : "\n";
		int at = lineBreak.equals("\r\n") ? lineEnd - 1 : lineEnd;
		return text.substring(0, at) + lineBreak + " ".repeat(column) + KEY + ": true" + text.substring(at);
	}

	/** The lowest in the file of those that say when it runs. */
	private static @Nullable NodeTuple above(MappingNode spec) {
		NodeTuple lowest = null;
		for (NodeTuple tuple : spec.getValue()) {
			if (ABOVE.stream().anyMatch(key -> Objects.equals(TextDocument.tuple(spec, key), tuple))) {
				lowest = tuple;
			}
		}
		return lowest;
	}

	private static String replace(TextDocument document, Node value, String by) {
		String text = document.text();
		return text.substring(0, document.beginOf(value)) + by + text.substring(document.endOf(value));
	}

	/** The whole line goes, unless something else stands on it. */
	private static String remove(TextDocument document, NodeTuple present) {
		String text = document.text();
		int begin = document.beginOf(present.getKeyNode());
		int lineBegin = text.lastIndexOf('\n', begin - 1) + 1;
		int valueEnd = document.endOf(present.getValueNode());
		int lineEnd = document.lineEnd(valueEnd);
		boolean alone = text.substring(lineBegin, begin).isBlank() && text.substring(valueEnd, lineEnd).isBlank();
		if (!alone || lineBegin == 0) {
			return replace(document, present.getValueNode(), "false");
		}
		return (lineEnd < text.length()) ? text.substring(0, lineBegin) + text.substring(lineEnd + 1)
				: text.substring(0, lineBegin - 1);
	}

	private void requireWanted(RepositoryFiles edited) {
		if (isSuspended(place(edited).document()) != (wanted == Wanted.PAUSED)) {
			throw byHand();
		}
	}

	private static RefusedRequest byHand() {
		return new RefusedRequest(FailureCode.INVALID_DEFINITION,
				"the document is written in a way that cannot be edited at this place", "edit it by hand");
	}

	/** What is to become of a job. */
	public enum Wanted {

		/** It does not start by itself. */
		PAUSED("pause"),

		/** It starts when it is due. */
		RUNNING("resume");

		private final String verb;

		Wanted(String verb) {
			this.verb = verb;
		}

		String verb() {
			return verb;
		}

	}

}
