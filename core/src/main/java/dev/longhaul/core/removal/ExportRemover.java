package dev.longhaul.core.removal;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.Night;

/**
 * Removes what was exported beside the backups of a restore point, of which Longhorn
 * knows nothing.
 */
@FunctionalInterface
public interface ExportRemover {

	/**
	 * Removes one from the bucket, and makes sure that it is gone. One that is not there
	 * counts as removed.
	 * @throws dev.longhaul.core.failure.LonghaulException if it is still there, or is not
	 * known to be gone
	 */
	void remove(Night night, ApplicationName application, StoredExport export);

}
