package dev.longhaul.gitops.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.longhaul.gitops.definition.DefinitionFile;
import dev.longhaul.gitops.definition.DefinitionFolder;

/**
 * The files of a repository at one moment. Paths have {@code /} and none at either end;
 * links and other things that are no files are not there.
 */
public interface RepositoryFiles {

	/** More files than this in one folder are not listed. */
	int MOST_FILES = 10_000;

	/**
	 * The files in a folder and in all folders below it, in the order of their paths.
	 * @param folder empty for the whole repository
	 */
	List<String> paths(String folder);

	/**
	 * What a file holds, or its beginning if it is longer than
	 * {@link DefinitionFile#LONGEST}; empty if there is no such file.
	 */
	Optional<String> text(String path);

	/** Those that may hold definitions. */
	default List<DefinitionFile> definitions() {
		List<DefinitionFile> files = new ArrayList<>();
		for (String path : paths(DefinitionFolder.NAME)) {
			if (path.chars().filter(c -> c == '/').count() == 2) {
				text(path).ifPresent(text -> files.add(DefinitionFile.of(path, text)));
			}
		}
		return files;
	}

}
