package dev.longhaul.batch.backup;

import java.time.Duration;
import java.util.List;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.backup.BackupWatch;
import dev.longhaul.core.guard.Guard;
import org.jspecify.annotations.Nullable;

/**
 * What a night is to do.
 *
 * @param applications none twice
 * @param revision of the Git repository that declares them; null if none does
 * @param target where the backups go
 * @param clusterSite where the cluster is, in the user's words; null if not declared
 * @param guard over what was backed up before
 */
public record NightOrder(List<ApplicationDefinition> applications, @Nullable String revision, Target target,
		@Nullable String clusterSite, Pace pace, Limits limits, Guard guard) {

	public NightOrder {
		applications = List.copyOf(applications);
		if (applications.isEmpty()) {
			throw new IllegalArgumentException("a night needs at least one application");
		}
		if (applications.stream().map(ApplicationDefinition::name).distinct().count() != applications.size()) {
			throw new IllegalArgumentException("an application is named twice");
		}
	}

	/**
	 * @param name of Longhorn's backup target
	 * @param url as Longhorn has it; the cluster's must be the same
	 * @param site where the bucket is, in the user's words; null if not declared
	 */
	public record Target(String name, String url, @Nullable String site) {
	}

	/**
	 * How much at once.
	 *
	 * @param applications worked on at once
	 * @param volumes of one application backed up at once
	 * @param interval between two looks at the cluster
	 */
	public record Pace(int applications, int volumes, Duration interval) {

		public Pace {
			if (applications < 1 || volumes < 1) {
				throw new IllegalArgumentException("at least one application and one volume at once, not %d and %d"
					.formatted(applications, volumes));
			}
		}

	}

	/**
	 * How long things may take.
	 *
	 * @param snapshot from asking for an application's snapshots until all are ready; a
	 * detached volume is attached meanwhile
	 * @param retry how long a call that fails for the moment is repeated before anything
	 * is begun; later on it is as long as silence is borne
	 */
	public record Limits(Duration snapshot, Duration retry, BackupWatch.Bounds backup) {
	}

}
