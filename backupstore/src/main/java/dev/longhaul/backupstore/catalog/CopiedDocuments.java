package dev.longhaul.backupstore.catalog;

import java.util.List;

import dev.longhaul.core.run.Recorded;

/**
 * What became of Longhaul's own documents when a target was copied.
 *
 * @param copied or, in a plan, to be copied
 * @param held that were there already
 * @param refused that cannot be understood or believed, and are not copied
 */
public record CopiedDocuments(long copied, long held, List<Recorded.Refusal> refused) {

	public CopiedDocuments {
		refused = List.copyOf(refused);
	}

}
