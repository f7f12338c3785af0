package dev.longhaul.restore.rebuild;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import dev.longhaul.core.cluster.ArgoApplications;
import dev.longhaul.core.deploy.ArgoApplication;
import dev.longhaul.core.deploy.HealthStatus;
import dev.longhaul.core.deploy.ManagedResource;
import dev.longhaul.core.deploy.SyncPhase;
import dev.longhaul.core.deploy.SyncStatus;

/**
 * Applications in memory that do what a test says when they are synced, and what was
 * asked of them, in its order.
 */
public final class PlayedArgoCd implements ArgoApplications {

	public final List<String> asked = new ArrayList<>();

	private final Map<String, ArgoApplication> applications = new TreeMap<>();

	private final Map<String, UnaryOperator<ArgoApplication>> syncs = new TreeMap<>();

	public PlayedArgoCd with(ArgoApplication application, UnaryOperator<ArgoApplication> onSync) {
		applications.put(application.name(), application);
		syncs.put(application.name(), onSync);
		return this;
	}

	static ArgoApplication application(String name, SyncStatus sync, HealthStatus health) {
		return new ArgoApplication(name, "1", name, List.of(), false, false, 0, sync, health, false, SyncPhase.NONE, "",
				List.of());
	}

	static ArgoApplication standing(ArgoApplication from, SyncStatus sync, HealthStatus health, SyncPhase phase,
			String message) {
		return new ArgoApplication(from.name(), from.version() + "1", from.namespace(), from.sources(),
				from.automated(), from.paused(), from.syncWave(), sync, health, false, phase, message,
				from.resources());
	}

	public static ArgoApplication automated(String name, boolean automated, boolean paused, String... children) {
		return new ArgoApplication(name, "1", name, List.of(), automated, paused, 0, SyncStatus.SYNCED,
				HealthStatus.HEALTHY, false, SyncPhase.NONE, "",
				List.of(children)
					.stream()
					.map(child -> new ManagedResource("argoproj.io", "Application", "argocd", child))
					.toList());
	}

	@Override
	public Optional<List<ArgoApplication>> list() {
		return Optional.of(List.copyOf(applications.values()));
	}

	@Override
	public boolean requestSync(ArgoApplication application) {
		asked.add("sync " + application.name());
		applications.compute(application.name(), (name, found) -> syncs.get(name).apply(found));
		return true;
	}

	@Override
	public boolean requestRefresh(ArgoApplication application) {
		asked.add("refresh " + application.name());
		return true;
	}

	@Override
	public boolean pause(ArgoApplication application) {
		asked.add("pause " + application.name());
		applications.put(application.name(), switched(application, false, true));
		return true;
	}

	@Override
	public boolean resume(ArgoApplication application) {
		asked.add("resume " + application.name());
		applications.put(application.name(), switched(application, true, false));
		return true;
	}

	private static ArgoApplication switched(ArgoApplication from, boolean automated, boolean paused) {
		return new ArgoApplication(from.name(), from.version(), from.namespace(), from.sources(), automated, paused,
				from.syncWave(), from.sync(), from.health(), false, from.phase(), from.message(), from.resources());
	}

}
