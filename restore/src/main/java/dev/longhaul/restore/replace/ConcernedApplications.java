package dev.longhaul.restore.replace;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.longhaul.core.cluster.ArgoApplications;
import dev.longhaul.core.deploy.ArgoApplication;

/**
 * Some Applications, and those that declare Applications: the others are not seen.
 */
final class ConcernedApplications implements ArgoApplications {

	private final ArgoApplications all;

	private final Set<String> names;

	ConcernedApplications(ArgoApplications all, Set<String> names) {
		this.all = all;
		this.names = Set.copyOf(names);
	}

	@Override
	public Optional<List<ArgoApplication>> list() {
		return all.list().map(found -> found.stream().filter(this::isConcerned).toList());
	}

	private boolean isConcerned(ArgoApplication application) {
		return !names.isEmpty() && (application.isParent() || names.contains(application.name()));
	}

	@Override
	public boolean requestSync(ArgoApplication application) {
		return all.requestSync(application);
	}

	@Override
	public boolean requestRefresh(ArgoApplication application) {
		return all.requestRefresh(application);
	}

	@Override
	public boolean pause(ArgoApplication application) {
		return all.pause(application);
	}

	@Override
	public boolean resume(ArgoApplication application) {
		return all.resume(application);
	}

}
