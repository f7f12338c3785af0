package dev.longhaul.gitops.repository;

/**
 * How Longhaul makes itself known to a Git server.
 */
public sealed interface GitLogin {

	/** A repository that anybody may read. */
	record Anonymous() implements GitLogin {
	}

	/**
	 * A user's token, or password.
	 */
	record Token(String user, String secret) implements GitLogin {

		@Override
		public String toString() {
			return "Token[" + user + "]";
		}

	}

}
