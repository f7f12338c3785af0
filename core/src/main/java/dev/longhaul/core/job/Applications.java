package dev.longhaul.core.job;

import java.util.Set;

import dev.longhaul.core.application.ApplicationName;

/**
 * The applications of a job.
 */
public sealed interface Applications {

	/** All that are declared, also those declared later. */
	record All() implements Applications {

	}

	/**
	 * @param names at least one
	 */
	record Only(Set<ApplicationName> names) implements Applications {

		public Only {
			names = Set.copyOf(names);
			if (names.isEmpty()) {
				throw new IllegalArgumentException("a job of no application does nothing");
			}
		}

	}

}
