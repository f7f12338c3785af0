package dev.longhaul.gitops.repository;

import java.util.List;

import dev.longhaul.gitops.definition.DefinitionFile;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.gitops.form.Problem;

/**
 * The definitions by which Longhaul works now.
 *
 * @param revision they were read from
 * @param standing how that revision stands to the branch
 * @param files that declare them, as they are in that revision
 */
public record InForce(Revision revision, Definitions definitions, Standing standing, List<DefinitionFile> files) {

	public InForce {
		files = List.copyOf(files);
	}

	/** Some of which only the meaning is known. */
	public InForce(Revision revision, Definitions definitions, Standing standing) {
		this(revision, definitions, standing, List.of());
	}

	/**
	 * How the revision in force stands to the branch.
	 */
	public sealed interface Standing {

		/** It is the newest of the branch. */
		record Newest() implements Standing {
		}

		/**
		 * The server could not be asked; it may be the newest.
		 *
		 * @param why for people
		 */
		record NotAsked(String why) implements Standing {
		}

		/**
		 * The newest is another one, and cannot be used.
		 *
		 * @param problems of the newest
		 */
		record NewestRefused(Revision newest, List<Problem> problems) implements Standing {

			public NewestRefused {
				problems = List.copyOf(problems);
			}

		}

	}

}
