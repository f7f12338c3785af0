package dev.longhaul.core.cluster;

import java.util.List;
import java.util.Map;

import dev.longhaul.core.recurring.RecurringJob;
import dev.longhaul.core.recurring.RecurringMembership;
import dev.longhaul.core.volume.VolumeName;

/**
 * What Longhorn does to volumes by itself. Only read: it is its owner's. Failures are
 * those of {@link VolumeCluster}.
 */
public interface RecurringJobs {

	/** All recurring jobs, by name. */
	List<RecurringJob> recurringJobs();

	/** In which of them each volume takes part, of all volumes. */
	Map<VolumeName, RecurringMembership> memberships();

}
