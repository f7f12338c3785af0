package dev.longhaul.restore.plan;

import java.util.regex.Pattern;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.restore.choice.KeptBundle;
import org.jspecify.annotations.Nullable;

/**
 * The repository that declares the applications, which a restored application serves.
 *
 * @param application that serves it
 * @param revision the commit that the night of its restore point recorded, in lower-case
 * hexadecimal; null if it recorded none. The snapshot is of later, so the restored
 * repository has that commit, and may have newer ones
 * @param bundle what serves instead if the restored one is unusable; null if there is
 * none
 */
public record PlannedRepository(ApplicationName application, @Nullable String revision, @Nullable KeptBundle bundle) {

	/** SHA-1, or SHA-256 of Git's newer repositories. */
	private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");

	public PlannedRepository {
		if (revision != null && !isCommit(revision)) {
			throw new IllegalArgumentException("a commit has 40 or 64 hexadecimal digits in lower case");
		}
	}

	/** A bucket may hold anything in its place. */
	static boolean isCommit(String text) {
		return COMMIT.matcher(text).matches();
	}

}
