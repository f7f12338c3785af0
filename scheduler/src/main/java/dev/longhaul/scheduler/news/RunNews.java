package dev.longhaul.scheduler.news;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.scheduler.notification.LogTail;
import dev.longhaul.scheduler.notification.Notifier;
import dev.longhaul.scheduler.notification.Occasion;
import dev.longhaul.scheduler.run.RunJournal;
import dev.longhaul.scheduler.run.RunLine;
import dev.longhaul.scheduler.run.RunObserver;
import dev.longhaul.scheduler.run.RunOutcome;
import dev.longhaul.scheduler.run.RunRecord;

/**
 * Tells of runs: that they begin, and how they end. Of one that somebody has cancelled,
 * and of one that goes on after a restart, there is nothing to tell.
 */
public final class RunNews implements RunObserver {

	/** Of the log, with what is told of its end. */
	private static final int LINES = 60;

	private final RunJournal journal;

	private final Notifier notifier;

	private final StandingWatch standing;

	public RunNews(RunJournal journal, Notifier notifier, StandingWatch standing) {
		this.journal = journal;
		this.notifier = notifier;
		this.standing = standing;
	}

	@Override
	public void started(RunRecord run) {
		notifier.tell(new Occasion.RunStarted(run.night()));
	}

	@Override
	public void ended(RunRecord run) {
		standing.look();
		occasion(run, new LogTail(journal.lastLines(run.id(), LINES).stream().map(RunLine::text).toList()))
			.ifPresent(notifier::tell);
	}

	static Optional<Occasion> occasion(RunRecord run, LogTail log) {
		RunOutcome outcome = run.outcome();
		if (outcome instanceof RunOutcome.Proven) {
			return Optional.of(new Occasion.RunSucceeded(run.night(), took(run), log));
		}
		if (outcome instanceof RunOutcome.Unproven) {
			return Optional.of(new Occasion.RunFailed(run.night(), FailureCode.RUN_UNPROVEN,
					"the run came to its end, and not everything of it is proven",
					"its log says what failed; 'longhaul verdict' shows how the applications stand", log));
		}
		if (outcome instanceof RunOutcome.Failed failed) {
			return Optional.of(new Occasion.RunFailed(run.night(), failed.code(), failed.fact(), failed.hint(), log));
		}
		return Optional.empty();
	}

	private static Duration took(RunRecord run) {
		Instant started = run.started();
		Instant ended = run.ended();
		return (started != null && ended != null) ? Duration.between(started, ended) : Duration.ZERO;
	}

}
