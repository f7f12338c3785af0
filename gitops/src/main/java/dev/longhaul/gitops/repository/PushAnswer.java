package dev.longhaul.gitops.repository;

/**
 * What a server says to a push.
 */
sealed interface PushAnswer {

	/** The commit is on the branch. */
	record Done() implements PushAnswer {
	}

	/** Somebody else was faster; nothing was changed. */
	record Moved() implements PushAnswer {
	}

	/** A rule of the server stands against it, or somebody was faster by a hair. */
	record Rejected(String reason) implements PushAnswer {
	}

	/** It was sent and the answer is missing: it may be there or not. */
	record Lost(Exception cause) implements PushAnswer {
	}

}
