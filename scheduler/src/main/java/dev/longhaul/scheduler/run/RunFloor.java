package dev.longhaul.scheduler.run;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.RunAtHand;
import dev.longhaul.scheduler.run.RunEvent.Body;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Where runs are carried out: each is recorded before it begins and when it has ended,
 * whatever came of it. What the database refuses to keep is kept here until it does not.
 */
public final class RunFloor implements AutoCloseable {

	private static final System.Logger LOG = System.getLogger(RunFloor.class.getName());

	/** Of runs that are over, for whoever was about to look. */
	private static final int PROGRESS_KEPT = 16;

	private final RunJournal journal;

	private final StopSignal program;

	private final Supplier<List<RunObserver>> observers;

	private final Clock clock;

	private final RunIds ids;

	private final RunTallies tallies;

	private final ThreadPoolExecutor telling = new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), RunFloor::daemon, new ThreadPoolExecutor.DiscardPolicy());

	private final Map<RunId, RunningRun> running = new ConcurrentHashMap<>();

	/** Of runs that wait, that are under way and that are just over; oldest first. */
	private final Map<RunId, RunProgress> progress = new LinkedHashMap<>();

	/** What the database has refused, oldest first. */
	private final Map<RunId, RunRecord> unwritten = new LinkedHashMap<>();

	/**
	 * @param program its parts are the signals of the runs
	 * @param observers asked whenever there is something to be told: they may use what
	 * this is part of
	 */
	public RunFloor(RunJournal journal, StopSignal program, Supplier<List<RunObserver>> observers, RunTallies tallies,
			Clock clock) {
		this.journal = journal;
		this.program = program;
		this.observers = observers;
		this.clock = clock;
		this.tallies = tallies;
		this.ids = new RunIds(clock);
	}

	private static Thread daemon(Runnable work) {
		Thread thread = new Thread(work, "run-events");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Carries a run out on the calling thread.
	 * @param job null if it is not declared
	 * @param revision of the repository that declares it
	 * @return what came of it; that was recorded
	 */
	public RunOutcome carryOut(RunOrder order, @Nullable JobDefinition job, String revision, Work work) {
		Optional<RunningRun> begun = begin(order, job, revision);
		if (begun.isEmpty()) {
			return find(order.run()).map(RunRecord::outcome).orElseGet(RunOutcome.Interrupted::new);
		}
		RunningRun run = begun.get();
		return new RunAtHand(run.begun().id().value(), order.job()).during(() -> {
			RunOutcome outcome = outcome(run, work);
			end(run, outcome, work);
			return outcome;
		});
	}

	/** Empty if a run that waited was cancelled meanwhile. */
	private synchronized Optional<RunningRun> begin(RunOrder order, @Nullable JobDefinition job, String revision) {
		RunRecord asked = find(order.run()).orElseGet(() -> record(order));
		if (!(asked.outcome() instanceof RunOutcome.Waiting)) {
			return Optional.empty();
		}
		RunRecord begun = asked.begun((job != null) ? RunKind.of(job) : null, revision, now());
		RunningRun run = new RunningRun(begun, program.part(), progressOf(begun.id()), journal, clock,
				tallies.begin(begun.id()));
		// Whoever cancels it now finds its record.
		keep(begun);
		running.put(begun.id(), run);
		tell(observer -> observer.started(begun));
		return Optional.of(run);
	}

	private RunOutcome outcome(RunningRun run, Work work) {
		try {
			NightEnd end = work.carryOut(run);
			return (end == NightEnd.UNPROVEN) ? new RunOutcome.Unproven() : new RunOutcome.Proven();
		}
		catch (Interruption ex) {
			String who = run.cancelledBy();
			return (who != null) ? new RunOutcome.Cancelled(who) : new RunOutcome.Interrupted();
		}
		catch (RuntimeException | Error ex) {
			// Whatever ended this run, it is told of, and the next one has to come.
			work.failed(run, ex);
			return RunOutcome.Failed.of(ex);
		}
	}

	private void end(RunningRun run, RunOutcome outcome, Work work) {
		if (outcome instanceof RunOutcome.Failed failed) {
			run.say(RunLine.Level.ERROR, "%s   [%s]".formatted(failed.fact(), failed.code()));
			run.say(RunLine.Level.ERROR, "hint: " + failed.hint());
		}
		tallies.end(run.begun().id());
		RunRecord over = run.begun().over(outcome, run.figures(), now());
		work.ended(run, over);
		synchronized (this) {
			keep(over);
			running.remove(over.id());
		}
		run.close(outcome, now());
		run.progress().add(new Body.Ended(outcome));
		forgetOldProgress();
		tell(observer -> observer.ended(over));
	}

	/**
	 * Records what a killed process has left as under way. To be called once, before
	 * anything is carried out.
	 * @return those runs, as they are recorded now
	 */
	public synchronized List<RunRecord> recover() {
		List<RunRecord> left = journal.unfinished(RunOutcome.Kind.RUNNING).stream().map(run -> {
			RunOutcome outcome = journal.cancelledBy(run.id())
				.<RunOutcome>map(RunOutcome.Cancelled::new)
				.orElseGet(RunOutcome.Interrupted::new);
			return run.over(outcome, now());
		}).toList();
		left.forEach(run -> {
			keep(run);
			tell(observer -> observer.ended(run));
		});
		return left;
	}

	/** A record of a run that is asked for. */
	RunRecord record(RunOrder order) {
		return new RunRecord(ids.next(), order.job(), null, order.night().scheduledFor(), attempts(order) + 1,
				order.cause(), null, null, null, new RunOutcome.Waiting(), null);
	}

	private int attempts(RunOrder order) {
		try {
			return journal.attempts(order.night());
		}
		catch (DataAccessException ex) {
			// It is said when the record itself cannot be kept.
			return 0;
		}
	}

	Instant now() {
		return clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

	synchronized Optional<RunRecord> find(@Nullable RunId id) {
		if (id == null) {
			return Optional.empty();
		}
		RunRecord here = unwritten.get(id);
		return (here != null) ? Optional.of(here) : journal.find(id);
	}

	Optional<RunningRun> running(RunId id) {
		return Optional.ofNullable(running.get(id));
	}

	Optional<RunningRun> running(JobName job) {
		return running.values().stream().filter(run -> run.begun().job().equals(job)).findFirst();
	}

	Collection<RunningRun> running() {
		return List.copyOf(running.values());
	}

	/** Of a run that is not over, or has just ended. */
	synchronized RunProgress progressOf(RunId id) {
		return progress.computeIfAbsent(id, any -> new RunProgress(clock, telling));
	}

	synchronized boolean hasProgress(RunId id) {
		return progress.containsKey(id);
	}

	private synchronized void forgetOldProgress() {
		List<RunId> over = progress.keySet().stream().filter(id -> !running.containsKey(id)).toList();
		over.stream()
			.limit(Math.max(0, over.size() - PROGRESS_KEPT))
			.filter(id -> find(id).filter(run -> !run.outcome().isOver()).isEmpty())
			.forEach(progress::remove);
	}

	/** A run ends although it never began. */
	void endUnbegun(RunRecord over) {
		synchronized (this) {
			keep(over);
		}
		if (hasProgress(over.id())) {
			progressOf(over.id()).add(new Body.Ended(over.outcome()));
		}
		tell(observer -> observer.ended(over));
	}

	/** Keeps a record, and those that could not be kept before. */
	synchronized void keep(RunRecord record) {
		unwritten.put(record.id(), record);
		try {
			for (RunRecord one : new ArrayList<>(unwritten.values())) {
				journal.put(one);
				unwritten.remove(one.id());
			}
			journal.prune();
		}
		catch (DataAccessException ex) {
			LOG.log(System.Logger.Level.WARNING,
					"the record of run %s, %s, is not kept yet".formatted(record.id(), record.outcome().word()), ex);
		}
	}

	private void tell(Consumer<RunObserver> what) {
		for (RunObserver observer : observers.get()) {
			try {
				what.accept(observer);
			}
			catch (RuntimeException ex) {
				LOG.log(System.Logger.Level.WARNING, "an observer of runs has failed", ex);
			}
		}
	}

	@Override
	public void close() {
		telling.shutdown();
	}

	/** What is done in a run. */
	public interface Work {

		/**
		 * @throws dev.longhaul.core.failure.LonghaulException why it could not be run to
		 * its end
		 */
		NightEnd carryOut(RunningRun run);

		/** Says why a run has failed, where people look. */
		void failed(RunningRun run, Throwable failure);

		/** Says what a run has come to, where people look. */
		default void ended(RunningRun run, RunRecord over) {
		}

	}

}
