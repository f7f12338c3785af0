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

	/**
	 * What is looked at in the data afterwards, as they were read back from the bucket.
	 * None of a database that needs its server for that: it is checked when a drill
	 * starts it.
	 */
	default List<Check> checks() {
		return List.of();
	}

	/** What it runs commands in, or scales. */
	Set<Workload> workloads();

}
