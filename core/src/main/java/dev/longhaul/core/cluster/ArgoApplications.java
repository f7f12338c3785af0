package dev.longhaul.core.cluster;

import java.util.List;
import java.util.Optional;

import dev.longhaul.core.deploy.ArgoApplication;

/**
 * The Applications of a cluster's Argo CD. Nothing is waited for. What changes one
 * changes it as it was looked at, and answers false if it was changed since: then
 * somebody has to look again. Failures are those of {@link VolumeCluster}.
 */
public interface ArgoApplications {

	/**
	 * All of them, by name; empty if the cluster does not know what an Application is,
	 * because Argo CD is not installed.
	 */
	Optional<List<ArgoApplication>> list();

	/**
	 * Has Argo CD bring the cluster to what is declared, with the options that the
	 * Application has. It deletes nothing that is not declared any more.
	 * @return false if it was changed since, or an operation is under way
	 */
	boolean requestSync(ArgoApplication application);

	/** Has Argo CD ask the repositories again, and not when it would anyway. */
	boolean requestRefresh(ArgoApplication application);

	/**
	 * Switches off that it is synced by itself, and keeps with it how that was declared.
	 * One that is not, is left as it is.
	 */
	boolean pause(ArgoApplication application);

	/**
	 * Puts back what {@link #pause} has taken; one that is not paused is left as it is.
	 */
	boolean resume(ArgoApplication application);

}
