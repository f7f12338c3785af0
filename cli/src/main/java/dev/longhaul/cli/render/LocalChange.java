package dev.longhaul.cli.render;

import java.nio.file.Path;
import java.util.List;

import dev.longhaul.gitops.repository.FileChange;

/**
 * What was done to a clone, or would be.
 *
 * @param files none if there was nothing to change
 * @param notes what is left to whoever wanted it
 */
public record LocalChange(Path directory, boolean onlyPlanned, List<FileChange> files, List<String> notes) {

	public LocalChange {
		files = List.copyOf(files);
		notes = List.copyOf(notes);
	}

}
