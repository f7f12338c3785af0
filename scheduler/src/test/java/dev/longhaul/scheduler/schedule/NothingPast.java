package dev.longhaul.scheduler.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.run.RunOrder;

/**
 * Before the first start; a test says what was otherwise.
 */
class NothingPast implements PastRuns {

	@Override
	public Optional<Instant> newestByItself(JobName job) {
		return Optional.empty();
	}

	@Override
	public Optional<Instant> newest(JobName job) {
		return newestByItself(job);
	}

	@Override
	public Optional<Instant> newestToFollow(JobName job) {
		return newestByItself(job);
	}

	@Override
	public Optional<RunOrder> interrupted(JobName job) {
		return Optional.empty();
	}

	@Override
	public List<RunOrder> waiting() {
		return List.of();
	}

}
