package dev.longhaul.gitops.change;

import java.util.List;
import java.util.Optional;

import dev.longhaul.gitops.definition.DefinitionFile;
import dev.longhaul.gitops.form.Reading;
import dev.longhaul.gitops.form.TextDocument;

/**
 * How people speak of a document: {@code BackupJob nightly}.
 */
record DocumentName(String kind, String name) {

	static DocumentName of(TextDocument document) {
		return new DocumentName(document.textAt("kind"), document.textAt("metadata", "name"));
	}

	/** The file and the document in it that has this name, the first if there are two. */
	Optional<Place> findIn(RepositoryFiles files) {
		for (DefinitionFile file : files.definitions()) {
			if (!file.file().endsWith(".yaml")) {
				continue;
			}
			for (TextDocument document : TextDocument.of(file.file(), file.text(), new Reading())) {
				if (of(document).equals(this)) {
					return Optional.of(new Place(file.file(), document));
				}
			}
		}
		return Optional.empty();
	}

	@Override
	public String toString() {
		return kind + " " + name;
	}

	/** Where a document is. */
	record Place(String path, TextDocument document) {
	}

	/** Of several documents, in a subject. */
	static String listed(String verb, List<DocumentName> names) {
		return verb + " " + String.join(", ", names.stream().map(DocumentName::toString).toList());
	}

}
