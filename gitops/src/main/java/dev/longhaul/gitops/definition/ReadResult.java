package dev.longhaul.gitops.definition;

import java.util.List;

import dev.longhaul.gitops.form.Problem;

/**
 * What came of reading definitions: all of them, or none.
 */
public sealed interface ReadResult {

	/** Every file is sound, and they agree. */
	record Sound(Definitions definitions) implements ReadResult {
	}

	/**
	 * Nothing of it may be used: half a definition could leave an application out.
	 *
	 * @param problems at least one, in the order of files and lines
	 */
	record Refused(List<Problem> problems) implements ReadResult {

		public Refused {
			problems = List.copyOf(problems);
		}

	}

}
