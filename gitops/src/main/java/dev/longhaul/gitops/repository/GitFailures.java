package dev.longhaul.gitops.repository;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
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

	/**
	 * @param serverRefused why we did not trust the server; null if we did
	 */
	static LonghaulException explain(GitSource source, @Nullable String serverRefused, Exception failure) {
		if (serverRefused != null) {
			return new RefusedRequest(FailureCode.GIT_REFUSED, serverRefused,
					"compare it with the server's own, then put the line of ssh-keyscan into known_hosts", failure);
		}
		Allowance.ExceededException tooMuch = find(failure, Allowance.ExceededException.class);
		if (tooMuch != null) {
			return new RefusedRequest(FailureCode.GIT_REFUSED, "%s: %s".formatted(source, tooMuch.getMessage()),
					"is it the right repository? All of its history is fetched for a bundle, and its newest commit for "
							+ "anything else",
					failure);
		}
		String message = String.valueOf(failure.getMessage());
		if (message.contains(JGitText.get().notAuthorized) || message.contains("not permitted")) {
			return new RefusedRequest(FailureCode.GIT_REFUSED, "%s refuses the user or the token".formatted(source),
					"the token needs to read this repository, and to write it for a change; in Gitea: Settings, Applications",
					failure);
		}
		if (isLoginRefused(failure)) {
			return new RefusedRequest(FailureCode.GIT_REFUSED, "%s refuses the key".formatted(source),
					"add its public half to the server; in Gitea: the repository's Settings, Deploy Keys", failure);
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

	/** Of SSH: nothing that the server accepts was left to try. */
	private static boolean isLoginRefused(Exception failure) {
		SshException ssh = find(failure, SshException.class);
		return ssh != null && ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE;
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
