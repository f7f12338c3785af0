package dev.longhaul.core.deploy;

import java.util.List;

/**
 * One of Argo CD's Applications, as it was looked at.
 *
 * @param version of the object, by which a change since is noticed
 * @param namespace into which it deploys what says nothing else
 * @param automated whether Argo CD syncs it by itself
 * @param paused whether it would, and a restore has switched that off
 * @param syncWave within the Application that declares it; 0 if it has none
 * @param underWay whether an operation or a look at the repositories is asked for or goes
 * on
 * @param phase of the last operation, and what Argo CD said of it
 * @param resources what it declares, as far as Argo CD has found out
 */
public record ArgoApplication(String name, String version, String namespace, List<ApplicationSource> sources,
		boolean automated, boolean paused, int syncWave, SyncStatus sync, HealthStatus health, boolean underWay,
		SyncPhase phase, String message, List<ManagedResource> resources) {

	public ArgoApplication {
		sources = List.copyOf(sources);
		resources = List.copyOf(resources);
	}

	/** Whether it declares other Applications. */
	public boolean isParent() {
		return resources.stream()
			.anyMatch(resource -> resource.group().equals("argoproj.io") && resource.kind().equals("Application"));
	}

	/** {@code Synced, Progressing}. */
	public String standing() {
		return sync.text() + ", " + health.text();
	}

}
