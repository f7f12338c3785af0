package dev.longhaul.scheduler.scenario.consistent_applications;

import java.io.IOException;
import java.util.List;

/**
 * A database started on the files of a restore point, as it would be after a restore.
 */
interface RestoredDatabase extends AutoCloseable {

	/** What its own check of itself complains about. */
	List<String> faults() throws IOException;

	/**
	 * @param query of path, size and checksum
	 */
	List<Row> rows(String query) throws IOException;

	@Override
	void close() throws IOException;

	/** Begins to use the files. */
	@FunctionalInterface
	interface Opening {

		RestoredDatabase open() throws IOException;

	}

}
