package dev.longhaul.restore.check;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.profile.Profile;
import dev.longhaul.core.workload.Mount;
import dev.longhaul.core.workload.Workload;
import org.jspecify.annotations.Nullable;

/**
 * An application that was restored and is started.
 *
 * @param profile as its definition declares it; null if there is none: then its images
 * say what it is
 * @param mounts of its claims, as they are deployed
 */
public record StartedApplication(ApplicationName name, @Nullable Profile profile, List<Mount> mounts) {

	public StartedApplication {
		mounts = List.copyOf(mounts);
	}

	Set<Workload> workloads() {
		Set<Workload> workloads = mounts.stream().map(mount -> mount.place().workload()).collect(Collectors.toSet());
		if (profile != null) {
			workloads.addAll(profile.workloads());
		}
		return workloads;
	}

}
