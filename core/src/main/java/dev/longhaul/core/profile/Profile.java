package dev.longhaul.core.profile;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.longhaul.core.workload.Workload;

/**
 * How a kind of application is made quiet: built in for those that are known, or the
 * user's own steps.
 */
public sealed interface Profile
		permits NextcloudProfile, VaultwardenProfile, GiteaProfile, PostgresqlProfile, MariadbProfile, OwnProfile {

	/**
	 * @param volumes how many the application has: what is right for one may not be
	 * enough for several
	 */
	List<QuietStep> steps(int volumes);

	/** From the first step until all snapshots are ready. */
	Duration limit();

	/** What it runs commands in, or scales. */
	Set<Workload> workloads();

}
