package dev.longhaul.scheduler.rest;

import dev.longhaul.gitops.change.RepositoryChange;
import dev.longhaul.gitops.repository.Author;
import dev.longhaul.gitops.repository.WriteResult;

/**
 * The repository that declares the jobs, to be changed from several threads.
 */
public interface Repository {

	/**
	 * Changes it by a commit.
	 * @param reason for people; empty for none
	 * @throws dev.longhaul.core.failure.LonghaulException as
	 * {@link dev.longhaul.gitops.repository.RepositoryWriter#write} says
	 */
	WriteResult write(RepositoryChange change, Author author, String reason);

}
