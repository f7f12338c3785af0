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
		return findIn(files.definitions());
	}

	/** The same in files that may hold definitions. */
	Optional<Place> findIn(List<DefinitionFile> files) {
		for (DefinitionFile file : files) {
			if (!file.file().endsWith(".yaml")) {
				continue;
			}
			List<TextDocument> documents = TextDocument.of(file.file(), file.text(), new Reading());
			for (TextDocument document : documents) {
				if (of(document).equals(this)) {
					return Optional.of(new Place(file.file(), document, documents.size()));
				}
			}
		}
		return Optional.empty();
	}

	@Override
	public String toString() {
		return kind + " " + name;
	}

	/**
	 * Where a document is.
	 *
	 * @param documents of its file, itself among them
	 */
	record Place(String path, TextDocument document, int documents) {

		boolean isAlone() {
			return documents == 1;
		}

	}

	/** Of several documents, in a subject. */
	static String listed(String verb, List<DocumentName> names) {
		return verb + " " + String.join(", ", names.stream().map(DocumentName::toString).toList());
	}

}
