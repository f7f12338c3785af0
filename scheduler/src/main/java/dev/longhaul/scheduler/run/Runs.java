package dev.longhaul.scheduler.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.run.RunEvent.Body;
import org.jspecify.annotations.Nullable;

/**
 * All runs, for whoever asks: started by hand, looked at, watched, cancelled.
 */
public final class Runs {

	/** Of one page. */
	public static final int MOST = RunJournal.MOST;

	private final RunFloor floor;

	private final RunJournal journal;

	private final AtomicReference<@Nullable Starter> starter = new AtomicReference<>();

	public Runs(RunFloor floor, RunJournal journal) {
		this.floor = floor;
		this.journal = journal;
	}

	/** From now on runs can be started. */
	public void open(Starter by) {
		starter.set(by);
	}

	/** No run can be started any more. */
	public void close() {
		starter.set(null);
	}

	/**
	 * Starts a run of a job, also of one that is suspended. It waits until fewer than the
	 * configured number of runs are under way.
	 * @param who for people; 1 to {@value RunCause.ByHand#LONGEST} characters
	 * @return its record; it waits
	 * @throws RefusedRequest if no such job is declared, or a run of it is under way or
	 * waits
	 * @throws TransientFailure if the server has no definitions yet
	 */
	public RunRecord start(JobName job, String who) {
		Starter by = openStarter();
		by.requireStartable(job);
		RunCause cause = new RunCause.ByHand(who);
		RunRecord asked;
		synchronized (this) {
			requireIdle(job);
			asked = floor.record(new RunOrder(job, floor.now(), cause));
			journal.add(asked);
		}
		try {
			by.begin(asked.order());
		}
		catch (RuntimeException ex) {
			floor.endUnbegun(asked.over(RunOutcome.Failed.of(ex), floor.now()));
			throw ex;
		}
		return asked;
	}

	private Starter openStarter() {
		Starter by = starter.get();
		if (by == null) {
			throw new TransientFailure(FailureCode.NOT_READY, "no definitions are in force",
					"try again in a minute; the log of the server says what it waits for");
		}
		return by;
	}

	private void requireIdle(JobName job) {
		Optional<RunRecord> other = floor.running(job)
			.map(RunningRun::begun)
			.or(() -> journal.waiting().stream().filter(waiting -> waiting.job().equals(job)).findFirst());
		other.ifPresent(run -> {
			throw new RefusedRequest(FailureCode.ALREADY_RUNNING,
					"run %s of '%s' is %s".formatted(run.id(), job,
							(run.outcome() instanceof RunOutcome.Waiting) ? "waiting to begin" : "under way"),
					"wait for it to end, or cancel it");
		});
	}

	/**
	 * Ends a run: what is quiet is released, nothing half done is left, and no later
	 * start goes on with it. Jobs that would follow it do not begin. Returns before the
	 * run is over.
	 * @param who for people
	 * @throws RefusedRequest if there is no such run, or it is over
	 */
	public RunRecord cancel(RunId id, String who) {
		Optional<RunningRun> running = floor.running(id);
		if (running.isPresent()) {
			try {
				journal.cancelAsked(id, who);
			}
			finally {
				running.get().cancel(who);
			}
			return running.get().begun();
		}
		synchronized (floor) {
			RunRecord run = require(id);
			if (run.outcome().isOver()) {
				throw new RefusedRequest(FailureCode.RUN_OVER,
						"run %s of '%s' is %s".formatted(id, run.job(), run.outcome().word()),
						"there is nothing to be done");
			}
			if (floor.running(id).isPresent()) {
				return cancel(id, who);
			}
			RunRecord cancelled = run.over(new RunOutcome.Cancelled(who), floor.now());
			floor.endUnbegun(cancelled);
			Starter by = starter.get();
			if (by != null) {
				by.takeBack(run.order());
			}
			return cancelled;
		}
	}

	private RunRecord require(RunId id) {
		return find(id).orElseThrow(() -> new RefusedRequest(FailureCode.RUN_NOT_FOUND, "there is no run " + id,
				"it may be too old to be remembered"));
	}

	public Optional<RunRecord> find(RunId id) {
		return floor.find(id);
	}

	/**
	 * Runs, newest first.
	 * @param before the {@link RunPage#next} of the page before; null for the first page
	 * @param limit 1 to {@value #MOST}
	 */
	public RunPage list(RunFilter filter, @Nullable RunId before, int limit) {
		return journal.page(filter, before, bounded(limit));
	}

	/**
	 * What was said in a run.
	 * @param from the number of the first line
	 * @param limit 1 to {@value #MOST}
	 */
	public List<RunLine> lines(RunId id, int from, int limit) {
		return journal.lines(id, from, bounded(limit));
	}

	/**
	 * All that was said in a run and is kept: {@value RunningRun#MOST_LINES} lines at
	 * most.
	 */
	public List<RunLine> log(RunId id) {
		return journal.lines(id, 1, RunningRun.MOST_LINES);
	}

	/** What is done in a run, in its order. */
	public List<RunStep> steps(RunRecord run) {
		Optional<RunningRun> running = floor.running(run.id());
		if (running.isPresent()) {
			return running.get().steps().all();
		}
		List<RunStep> kept = journal.steps(run.id());
		// A process that was killed has left some as under way.
		return run.outcome().isOver() ? kept.stream().map(step -> step.after(run.outcome(), run.ended())).toList()
				: kept;
	}

	/** What moves in a run just now; nothing if it is not under way. */
	public List<RunSteps.Moving> moving(RunId id) {
		return floor.running(id).map(running -> running.steps().moving()).orElse(List.of());
	}

	/** How many bytes were moved by those of these runs that moved any. */
	public Map<RunId, Long> moved(List<RunId> ids) {
		return journal.moved(ids);
	}

	private static int bounded(int limit) {
		if (limit < 1 || limit > MOST) {
			throw new IllegalArgumentException("a page is of 1 to %d, not %d".formatted(MOST, limit));
		}
		return limit;
	}

	/** Those under way, as they were recorded when they began. */
	public List<RunRecord> running() {
		return floor.running().stream().map(RunningRun::begun).toList();
	}

	/** Those that were asked for and have not begun, oldest first. */
	public List<RunRecord> waiting() {
		return journal.waiting();
	}

	/**
	 * Watches a run until it is over.
	 * @param from the number of the first event to be told, 1 for all; those that are too
	 * old are not kept, and the end is told to whoever has heard it before, too
	 * @param listener is told on a thread that tells all listeners of all runs, in order;
	 * it hands over and returns at once
	 * @throws RefusedRequest if there is no such run
	 */
	public Following follow(RunId id, long from, Consumer<RunEvent> listener) {
		RunRecord run;
		synchronized (floor) {
			run = require(id);
			if (!run.outcome().isOver() || floor.hasProgress(id)) {
				return floor.progressOf(id).follow(from, listener);
			}
		}
		listener
			.accept(new RunEvent(from, Optional.ofNullable(run.ended()).orElseThrow(), new Body.Ended(run.outcome())));
		return () -> {
		};
	}

	/** Who begins runs, as definitions say. */
	public interface Starter {

		/**
		 * @throws LonghaulException if no such job is declared, or it cannot be run
		 */
		void requireStartable(JobName job);

		/** Begins a run, now or when others are over. */
		void begin(RunOrder order);

		/** Has a run that waits never begin. */
		void takeBack(RunOrder order);

	}

}
