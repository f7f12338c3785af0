package dev.longhaul.batch.drill;

import java.time.Duration;
import java.util.List;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.cluster.RestoreCluster;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.job.DrillBudget;
import dev.longhaul.restore.choice.BucketContents;
import dev.longhaul.restore.drill.Drill;
import dev.longhaul.restore.run.RestoreSettings;

/**
 * What a drill is to do.
 *
 * @param applications at least one
 * @param target URL of the bucket
 * @param bucket reads what is in it
 * @param retry how long writing what was started is repeated if it fails for the moment
 */
public record DrillOrder(List<ApplicationName> applications, DrillBudget budget, String target, Bucket bucket,
		Place place, RestoreSettings settings, Duration retry) {

	public DrillOrder {
		applications = List.copyOf(applications);
	}

	/** The bucket that is restored from. */
	@FunctionalInterface
	public interface Bucket {

		/** As it is now. */
		BucketContents contents();

	}

	/**
	 * The cluster that is restored into.
	 */
	public record Place(VolumeCluster longhorn, RestoreCluster restores, Drill.Ports ports) {
	}

}
