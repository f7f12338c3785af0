package dev.longhaul.scheduler.serve;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.batch.launch.NightHistory;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.scheduler.run.RunCause;
import dev.longhaul.scheduler.run.RunJournal;
import dev.longhaul.scheduler.run.RunOrder;
import dev.longhaul.scheduler.run.RunOutcome;
import dev.longhaul.scheduler.run.RunRecord;
import dev.longhaul.scheduler.schedule.PastRuns;

/**
 * What the records of runs tell, and of what has none, Spring Batch: nights that were run
 * by the command line, or by a version without records.
 */
final class RememberedRuns implements PastRuns {

	/** An older run is not gone on with: the next one has its data, and newer. */
	private static final Duration RESUMABLE = Duration.ofHours(24);

	private final RunJournal journal;

	private final NightHistory history;

	private final Clock clock;

	RememberedRuns(RunJournal journal, NightHistory history, Clock clock) {
		this.journal = journal;
		this.history = history;
		this.clock = clock;
	}

	@Override
	public Optional<Instant> newestByItself(JobName job) {
		return journal.newestByItself(job).or(() -> history.newest(job).map(Night::scheduledFor));
	}

	@Override
	public Optional<Instant> newest(JobName job) {
		return Stream.of(journal.newest(job).map(RunRecord::scheduledFor), history.newest(job).map(Night::scheduledFor))
			.flatMap(Optional::stream)
			.max(Comparator.naturalOrder());
	}

	@Override
	public Optional<Instant> newestToFollow(JobName job) {
		Optional<RunRecord> newest = journal.newest(job);
		if (newest.isPresent()) {
			return newest.filter(run -> run.outcome().isOver())
				.filter(run -> !(run.outcome() instanceof RunOutcome.Interrupted))
				.filter(run -> !(run.outcome() instanceof RunOutcome.Cancelled))
				.map(RunRecord::scheduledFor);
		}
		return history.interrupted(job).isPresent() ? Optional.empty() : history.newest(job).map(Night::scheduledFor);
	}

	@Override
	public Optional<RunOrder> interrupted(JobName job) {
		return journal.interrupted(job, clock.instant().minus(RESUMABLE))
			.map(RunRecord::night)
			.or(() -> history.interrupted(job).filter(night -> journal.attempts(night) == 0))
			.map(night -> new RunOrder(job, night.scheduledFor(), new RunCause.Recovered()));
	}

	@Override
	public List<RunOrder> waiting() {
		return journal.waiting().stream().map(RunRecord::order).toList();
	}

}
