package dev.longhaul.core.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import org.jspecify.annotations.Nullable;

/**
 * Gitea without a running Gitea: it has no maintenance mode, flushing its queues keeps
 * nobody from pushing, and a push writes repositories first and rows later. Its own
 * manual says to stop it for a consistent copy.
 *
 * @param database its PostgreSQL; null if it has none, or another database
 */
public record GiteaProfile(Workload gitea, @Nullable Place database, Duration limit) implements Profile {

	private static final Duration END = Duration.ofMinutes(3);

	@Override
	public List<QuietStep> steps(int volumes) {
		List<QuietStep> steps = new ArrayList<>();
		steps.add(new QuietStep.ScaleToZero("scale to zero",
				"Gitea has no maintenance mode, and a push writes repositories and rows at two moments", gitea, END));
		if (database != null) {
			steps.add(PostgresqlProfile.checkpoint(database));
		}
		return steps;
	}

	@Override
	public Set<Workload> workloads() {
		Set<Workload> workloads = new LinkedHashSet<>();
		workloads.add(gitea);
		if (database != null) {
			workloads.add(database.workload());
		}
		return workloads;
	}

}
