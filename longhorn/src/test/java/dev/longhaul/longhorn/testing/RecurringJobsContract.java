package dev.longhaul.longhorn.testing;

import java.util.Set;

import dev.longhaul.core.cluster.RecurringJobs;
import dev.longhaul.core.recurring.RecurringJob;
import dev.longhaul.core.recurring.RecurringMembership;
import dev.longhaul.core.recurring.RecurringTask;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every implementation does about {@code recurring-jobs.yaml}.
 */
public abstract class RecurringJobsContract {

	/** The same for all tests of a class. */
	protected abstract RecurringJobs recurring();

	@Test
	void readsJobsByNameWithWhatIsMissingUnset() {
		assertThat(recurring().recurringJobs()).containsExactly(
				new RecurringJob("bare", RecurringTask.UNKNOWN, "", Set.of(), 0),
				new RecurringJob("from-tomorrow", RecurringTask.UNKNOWN, "0 0 * * *", Set.of(), 1),
				new RecurringJob("nightly", RecurringTask.BACKUP, "0 1 * * *", Set.of("default", "important"), 7));
	}

	@Test
	void readsInWhichOfThemVolumesTakePart() {
		assertThat(recurring().memberships())
			.containsEntry(new VolumeName("in-groups"), new RecurringMembership(Set.of("nightly"), Set.of("important")))
			.containsEntry(new VolumeName("unlabelled"), new RecurringMembership(Set.of(), Set.of("default")));
	}

}
