package dev.longhaul.restore.repository;

import java.util.ArrayList;
import java.util.List;

import dev.longhaul.restore.choice.KeptBundle;
import org.jspecify.annotations.Nullable;

/**
 * What became of a repository.
 */
public sealed interface RepositoryOutcome {

	/** In a line, for people. */
	String told();

	/** What somebody should know or do, each in a line. */
	List<String> remarks();

	/** As it is now. */
	RepositoryStanding standing();

	/**
	 * The restored one serves.
	 *
	 * @param hooks what became of Gitea's hooks, if a call before this one was cut off
	 * between its last steps; null if there was nothing to finish
	 */
	record Kept(RepositoryStanding standing, @Nullable String hooks) implements RepositoryOutcome {

		@Override
		public String told() {
			return "repository: " + standing.told();
		}

		@Override
		public List<String> remarks() {
			return (hooks != null) ? List.of(hooks) : List.of();
		}

	}

	/**
	 * The bundle serves in its place.
	 *
	 * @param before what it was
	 * @param aside where in the pod it stays; null if there was none
	 * @param hooks what became of Gitea's hooks, for people
	 */
	record Replaced(RepositoryStanding before, RepositoryStanding standing, KeptBundle bundle, @Nullable String aside,
			String hooks) implements RepositoryOutcome {

		@Override
		public String told() {
			return "repository: the restored one was %s; the bundle of %s serves: %s".formatted(before.told(),
					bundle.night(), standing.told());
		}

		@Override
		public List<String> remarks() {
			List<String> remarks = new ArrayList<>();
			if (aside != null) {
				remarks.add("what was there stays in the pod as " + aside);
			}
			else {
				remarks.add("Gitea serves it only if its database knows it; if it answers 404, adopt it under Site "
						+ "Administration, Repositories, Unadopted Repositories");
			}
			remarks.add(hooks);
			return remarks;
		}

	}

	/** It is whole but older than it should be, and nothing better is at hand. */
	record Left(RepositoryStanding standing, String why) implements RepositoryOutcome {

		@Override
		public String told() {
			return "repository: %s; it is left as it is: %s".formatted(standing.told(), why);
		}

		@Override
		public List<String> remarks() {
			return List.of("it may be of another restore point or another repository; look at it before it is synced");
		}

	}

}
