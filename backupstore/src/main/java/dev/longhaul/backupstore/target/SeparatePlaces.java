package dev.longhaul.backupstore.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;

/**
 * Tells two targets apart: a copy within the original is lost with it, and a target that
 * is its own copy is none.
 */
public final class SeparatePlaces {

	private SeparatePlaces() {
	}

	/**
	 * Makes sure that neither of two targets is the other or lies in it. A bucket that is
	 * reached under two names of its endpoint is not recognised.
	 * @param variables of the first, by Longhorn's names
	 * @param otherVariables of the second
	 * @throws RefusedRequest if they are not separate
	 */
	public static void require(TargetUrl url, Map<String, String> variables, TargetUrl other,
			Map<String, String> otherVariables) {
		if (overlap(url, variables, other, otherVariables)) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"'%s' and '%s' are the same place, or one lies in the other".formatted(url, other),
					"give another bucket or directory as the destination; a copy in the same place is lost with the "
							+ "original");
		}
	}

	private static boolean overlap(TargetUrl url, Map<String, String> variables, TargetUrl other,
			Map<String, String> otherVariables) {
		if (url instanceof TargetUrl.Directory first && other instanceof TargetUrl.Directory second) {
			return isWithin(first.root(), second.root()) || isWithin(second.root(), first.root());
		}
		if (url instanceof TargetUrl.S3 first && other instanceof TargetUrl.S3 second) {
			boolean sameBucket = first.bucket().equals(second.bucket())
					&& Targets.endpoint(first, variables).equals(Targets.endpoint(second, otherVariables));
			return sameBucket && (first.path().startsWith(second.path()) || second.path().startsWith(first.path()));
		}
		return false;
	}

	/** By what the file system says, which sees through links and mounts. */
	private static boolean isWithin(Path inner, Path outer) {
		for (Path at = inner; at != null; at = parent(at)) {
			if (at.equals(outer) || isSame(at, outer)) {
				return true;
			}
		}
		return false;
	}

	private static @Nullable Path parent(Path directory) {
		try {
			return directory.toRealPath().getParent();
		}
		catch (IOException ex) {
			return directory.getParent();
		}
	}

	/** What is not there is the same as nothing. */
	private static boolean isSame(Path one, Path other) {
		try {
			return Files.isSameFile(one, other);
		}
		catch (IOException ex) {
			return false;
		}
	}

}
