package dev.longhaul.gitops.change;

/**
 * Something to be changed in a repository. Pure, so that it can be applied again to a
 * newer state when somebody else was faster.
 */
@FunctionalInterface
public interface RepositoryChange {

	/**
	 * @throws dev.longhaul.core.failure.RefusedRequest if it makes no sense there
	 */
	Proposal apply(RepositoryFiles files);

}
