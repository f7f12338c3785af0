package dev.longhaul.scheduler.run;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.run.RunEvent.Body;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * A run that is under way, for whoever carries it out.
 */
public final class RunningRun {

	/** A run that says more says it to the server's log only. */
	static final int MOST_LINES = 2000;

	/** Of one line, as the table has it. */
	private static final int LONGEST_LINE = 2000;

	private static final System.Logger LOG = System.getLogger(RunningRun.class.getName());

	private final RunRecord begun;

	private final StopSignal stop;

	private final RunProgress progress;

	private final RunJournal journal;

	private final Clock clock;

	private final RunTally tally;

	private final AtomicReference<@Nullable String> cancelledBy = new AtomicReference<>();

	private final RunSteps steps;

	/** Each that the database does not take may be waited for. */
	private volatile boolean stepsAreKept = true;

	private int lines;

	RunningRun(RunRecord begun, StopSignal stop, RunProgress progress, RunJournal journal, Clock clock,
			RunTally tally) {
		this.begun = begun;
		this.stop = stop;
		this.progress = progress;
		this.journal = journal;
		this.clock = clock;
		this.steps = new RunSteps(this::stepped, clock);
		this.tally = tally;
	}

	/** As it was recorded when it began. */
	public RunRecord begun() {
		return begun;
	}

	public Night night() {
		return begun.night();
	}

	/** Is given when somebody cancels this run, and when the program is to end. */
	public StopSignal stop() {
		return stop;
	}

	/** Adds a line to the log of the run. Text may come from anywhere. */
	public void say(RunLine.Level level, String text) {
		text.lines().map(Printable::of).forEach(line -> add(level, line));
	}

	private synchronized void add(RunLine.Level level, String text) {
		if (lines == MOST_LINES) {
			return;
		}
		lines++;
		String content = (lines == MOST_LINES) ? "what follows is in the log of the server"
				: text.substring(0, Math.min(text.length(), LONGEST_LINE));
		RunLine line = new RunLine(lines, clock.instant().truncatedTo(ChronoUnit.MILLIS), level, content);
		progress.add(new Body.Said(line));
		try {
			journal.say(begun.id(), line);
		}
		catch (DataAccessException ex) {
			// The run is worth more than its log, and the server's log has the line, too.
			LOG.log(System.Logger.Level.WARNING, "a line of run " + begun.id() + " is not kept", ex);
		}
	}

	/** Tells how far a piece of work is. */
	public void progressed(String subject, RunEvent.Work work, long done, long of) {
		progressed(subject, work, done, of, ByteSize.ZERO);
	}

	/**
	 * Tells how far a piece of work is that moves bytes.
	 * @param moved so far
	 */
	public void progressed(String subject, RunEvent.Work work, long done, long of, ByteSize moved) {
		Body.Progressed so = new Body.Progressed(subject, work, done, of, moved.bytes());
		steps.moved(so);
		progress.add(so);
	}

	/** What is done in it, in steps. */
	public RunSteps steps() {
		return steps;
	}

	/** One that only waits is known without being told of. */
	private void stepped(RunSteps.Placed placed) {
		if (placed.step().state() == RunStep.State.WAITING) {
			return;
		}
		progress.add(new Body.Stepped(placed.step()));
		keep(placed);
	}

	/** After one that is refused, none is tried before the end of the run. */
	private void keep(RunSteps.Placed placed) {
		if (!stepsAreKept) {
			return;
		}
		try {
			journal.put(begun.id(), placed);
		}
		catch (DataAccessException ex) {
			stepsAreKept = false;
			LOG.log(System.Logger.Level.WARNING, "the steps of run " + begun.id() + " are not kept", ex);
		}
	}

	/** It is over, and so is everything that was done in it. */
	void close(RunOutcome outcome, Instant now) {
		steps.close(outcome, now);
		if (!stepsAreKept) {
			stepsAreKept = true;
			steps.placed().forEach(this::keep);
		}
	}

	/** Counts that a part of it has failed; it goes on with the others. */
	public void failedInPart(FailureCode code) {
		tally.failed(code);
	}

	/** As of now. */
	RunFigures figures() {
		return tally.figures();
	}

	/** Whether somebody wants this run to end, and not only the program. */
	public boolean isCancelled() {
		return cancelledBy.get() != null;
	}

	void cancel(String who) {
		if (cancelledBy.compareAndSet(null, who)) {
			stop.stop();
		}
	}

	/** Null if nobody has cancelled it. */
	@Nullable String cancelledBy() {
		return cancelledBy.get();
	}

	RunProgress progress() {
		return progress;
	}

}
