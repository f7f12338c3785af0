package dev.longhaul.core.kit;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How a recovery kit stands to the credentials in force.
 */
public sealed interface KitStanding {

	/** None was ever recorded beside the backups. */
	record Missing() implements KitStanding {

	}

	/** Its credentials are those in force. */
	record Current(KitId id, Instant createdAt) implements KitStanding {

	}

	/**
	 * It holds other credentials than those in force.
	 *
	 * @param changed their names
	 */
	record Outdated(KitId id, Instant createdAt, SortedSet<String> changed) implements KitStanding {

		public Outdated {
			changed = Collections.unmodifiableSortedSet(new TreeSet<>(changed));
		}

	}

	/** For people, in one line. */
	default String sentence() {
		if (this instanceof Current current) {
			return "recovery kit %s of %s holds the credentials in force".formatted(current.id(), current.createdAt());
		}
		if (this instanceof Outdated outdated) {
			return "the recovery kit %s of %s is older than the key of the bucket: %s changed since"
				.formatted(outdated.id(), outdated.createdAt(), String.join(", ", outdated.changed()));
		}
		return "no recovery kit is recorded beside the backups";
	}

}
