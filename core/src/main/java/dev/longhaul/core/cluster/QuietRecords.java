package dev.longhaul.core.cluster;

import java.util.List;
import java.util.Optional;

import dev.longhaul.core.application.ApplicationName;

/**
 * The records of applications that are being made quiet, at most one per application:
 * whoever writes it may make it quiet, and nobody else. Failures are those of
 * {@link VolumeCluster}.
 */
public interface QuietRecords {

	/**
	 * @return empty if there is one of that application already
	 */
	Optional<Kept> create(QuietRecord record);

	/**
	 * Replaces what is there, if nobody else has touched it.
	 * @throws dev.longhaul.core.failure.RefusedRequest if somebody has
	 */
	Kept replace(Kept kept, QuietRecord by);

	/** Deletes it, if nobody else has touched it; that it is gone already is fine. */
	void delete(Kept kept);

	Optional<Kept> find(ApplicationName application);

	/** All that can be read, and the names of those that cannot. */
	All all();

	/**
	 * A record as it is kept.
	 *
	 * @param version changes with it
	 */
	record Kept(QuietRecord record, String version) {

	}

	/**
	 * @param unreadable where they are, for people; somebody else wrote there
	 */
	record All(List<Kept> records, List<String> unreadable) {

		public All {
			records = List.copyOf(records);
			unreadable = List.copyOf(unreadable);
		}

	}

}
