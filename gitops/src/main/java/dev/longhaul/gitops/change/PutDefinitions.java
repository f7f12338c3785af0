package dev.longhaul.gitops.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.gitops.definition.DefinitionFolder;
import dev.longhaul.gitops.form.Reading;
import dev.longhaul.gitops.form.TextDocument;

/**
 * Puts documents where those of the same kind and name are, and new ones into a file of
 * their name. What stands above a document in its file stays there.
 */
public final class PutDefinitions implements RepositoryChange {

	/** Of a commit's subject, as Git's own tools show it whole. */
	private static final int LONGEST_SUBJECT = 72;

	private final Map<DocumentName, String> bodies = new LinkedHashMap<>();

	/**
	 * @param file for messages
	 * @param text sound, as {@code DefinitionReader.readAlone} says
	 * @throws RefusedRequest if a document is there twice
	 */
	public PutDefinitions(String file, String text) {
		for (TextDocument document : TextDocument.of(file, text, new Reading())) {
			DocumentName name = DocumentName.of(document);
			if (bodies.put(name, document.body()) != null) {
				throw new RefusedRequest(FailureCode.INVALID_USAGE, "'%s' has %s twice".formatted(file, name),
						"keep one of them");
			}
		}
	}

	@Override
	public Proposal apply(RepositoryFiles files) {
		EditedFiles edited = new EditedFiles(files);
		SortedMap<String, String> basis = new TreeMap<>();
		List<DocumentName> added = new ArrayList<>();
		List<DocumentName> changed = new ArrayList<>();
		bodies.forEach((name, body) -> {
			Optional<DocumentName.Place> place = name.findIn(edited);
			basis.put(name.toString(), place.map(found -> found.document().body()).orElse(""));
			if (place.isEmpty()) {
				add(name, body, edited);
				added.add(name);
			}
			else if (!place.get().document().body().equals(body)) {
				edited.put(place.get().path(), place.get().document().replacedBy(body));
				changed.add(name);
			}
		});
		Untouched.require(files, edited, bodies.keySet());
		return new Proposal(subject(added, changed), edited.differing(), basis);
	}

	private static void add(DocumentName name, String body, EditedFiles edited) {
		String path = "%s/%s/%s.yaml".formatted(DefinitionFolder.NAME, DefinitionFolder.folderOf(name.kind()),
				name.name());
		String before = edited.text(path).orElse("");
		if (!before.isBlank()) {
			before = (before.endsWith("\n") ? before : before + "\n") + "---\n";
		}
		edited.put(path, before + body + "\n");
	}

	private static String subject(List<DocumentName> added, List<DocumentName> changed) {
		String subject = "longhaul: " + Stream.of(verb("add", added), verb("change", changed))
			.filter(part -> !part.isEmpty())
			.collect(Collectors.joining("; "));
		return (subject.length() <= LONGEST_SUBJECT) ? subject
				: "longhaul: add %d and change %d definitions".formatted(added.size(), changed.size());
	}

	private static String verb(String verb, List<DocumentName> names) {
		return names.isEmpty() ? "" : DocumentName.listed(verb, names);
	}

}
