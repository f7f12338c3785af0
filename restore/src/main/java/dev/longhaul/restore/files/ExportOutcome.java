package dev.longhaul.restore.files;

import java.nio.file.Path;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.RepositoryBundle;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.failure.FailureCode;
import org.jspecify.annotations.Nullable;

/**
 * What became of an export.
 *
 * @param file where it is; null if it did not come
 * @param problem why it did not come; null if it did
 * @param code of the problem
 * @param isThereAlready whether an earlier call brought it
 */
public record ExportOutcome(ApplicationName application, StoredExport export, Form form, @Nullable Path file,
		@Nullable String problem, @Nullable FailureCode code, boolean isThereAlready) {

	/** In which form it is kept. */
	public enum Form {

		/** As it was when it was made. */
		PLAIN,

		/** Nobody gave an identity that opens it. */
		ENCRYPTED

	}

	/** Whether it is a repository that git can clone. */
	public boolean isRepository() {
		return file != null && form == Form.PLAIN && new RepositoryBundle().isSourceOf(export);
	}

}
