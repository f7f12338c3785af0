package dev.longhaul.gitops.repository;

import java.util.List;

import dev.longhaul.gitops.form.Problem;

/**
 * What came of a change.
 */
public sealed interface WriteResult {

	/**
	 * All is as it is wanted already.
	 *
	 * @param newest of the branch
	 */
	record Unchanged(Revision newest) implements WriteResult {
	}

	/**
	 * It would make definitions that cannot be used, so nothing was changed.
	 *
	 * @param problems at least one
	 */
	record Refused(Revision newest, List<Problem> problems) implements WriteResult {

		public Refused {
			problems = List.copyOf(problems);
		}

	}

	/**
	 * It could be pushed on top of this commit.
	 *
	 * @param notes what is left to whoever wants it
	 */
	record Planned(Revision newest, String subject, List<FileChange> files, List<String> notes) implements WriteResult {

		public Planned {
			files = List.copyOf(files);
			notes = List.copyOf(notes);
		}

	}

	/**
	 * It is on the branch.
	 *
	 * @param notes what is left to whoever wanted it
	 */
	record Pushed(Revision commit, List<FileChange> files, List<String> notes) implements WriteResult {

		public Pushed {
			files = List.copyOf(files);
			notes = List.copyOf(notes);
		}

	}

}
