package dev.longhaul.gitops.repository;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import org.eclipse.jgit.api.errors.InvalidRemoteException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.internal.JGitText;
import org.jspecify.annotations.Nullable;

/**
 * Says what a failure of JGit means: whether asking again may help.
 */
final class GitFailures {

	private GitFailures() {
	}

	static LonghaulException explain(GitSource source, Exception failure) {
		BoundedConnection.BoundExceededException tooMuch = find(failure,
				BoundedConnection.BoundExceededException.class);
		if (tooMuch != null) {
			return new RefusedRequest(FailureCode.GIT_REFUSED, "%s: %s".formatted(source, tooMuch.getMessage()),
					"is it the right repository? Only its newest commit is fetched", failure);
		}
		String message = String.valueOf(failure.getMessage());
		if (message.contains(JGitText.get().notAuthorized) || message.contains("not permitted")) {
			return new RefusedRequest(FailureCode.GIT_REFUSED, "%s refuses the user or the token".formatted(source),
					"the token needs to read this repository; in Gitea: Settings, Applications", failure);
		}
		if (find(failure, NoRemoteRepositoryException.class) != null || failure instanceof InvalidRemoteException) {
			return new RefusedRequest(FailureCode.GIT_REFUSED, "there is no repository at %s".formatted(source),
					"some servers say so, too, of a repository that the user may not see", failure);
		}
		if (message.contains("Remote does not have")) {
			return new RefusedRequest(FailureCode.GIT_REFUSED, "%s has no such branch".formatted(source),
					"name one that is there, or none for the repository's own default", failure);
		}
		if (message.contains("not our ref")) {
			return new RefusedRequest(FailureCode.GIT_REFUSED, "%s has no such commit any more".formatted(source),
					"its history was rewritten, or it is another repository now", failure);
		}
		return new TransientFailure(FailureCode.GIT_UNREACHABLE,
				"%s does not answer: %s".formatted(source, rootMessage(failure)),
				"what is in force stays in force; try again later", failure);
	}

	private static String rootMessage(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return (root.getMessage() != null) ? root.getMessage() : root.getClass().getSimpleName();
	}

	private static <T> @Nullable T find(@Nullable Throwable failure, Class<T> type) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return type.cast(cause);
			}
		}
		return null;
	}

}
