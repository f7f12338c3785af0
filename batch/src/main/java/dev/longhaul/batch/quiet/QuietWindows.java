package dev.longhaul.batch.quiet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.QuietWindow;
import dev.longhaul.core.cluster.QuietRecord;
import dev.longhaul.core.cluster.QuietRecords;
import dev.longhaul.core.cluster.QuietRecords.Kept;
import dev.longhaul.core.cluster.WorkloadCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.profile.QuietPlan;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;

/**
 * Makes applications quiet and releases them. A window is recorded in the cluster before
 * anything is changed, with all it takes to undo it, and its record goes when everything
 * is undone. So an application has at most one window, whoever asks, and one whose
 * process died is released by whoever looks next.
 */
public final class QuietWindows {

	private static final Duration LOOK = Duration.ofSeconds(2);

	/** Until another look at what could not be released. */
	private static final Duration LATER = Duration.ofMinutes(10);

	/** The longest that a record of another's is believed to last. */
	private static final Duration BELIEVED = QuietPlan.LONGEST.multipliedBy(2);

	private static final int CLAIMS = 5;

	private final WorkloadCluster workloads;

	private final QuietRecords records;

	private final String holder;

	private final StopSignal stop;

	private final Waits waits;

	private final Undoing undoing;

	/** The windows of this process, so that none is taken for one of a dead process. */
	private final Set<Opened> open;

	/**
	 * @param holder names this installation, from one start to the next; only one process
	 * of it runs at a time, so that a record of its own that it has not opened itself is
	 * one of a process that died
	 */
	public QuietWindows(WorkloadCluster workloads, QuietRecords records, String holder, StopSignal stop, Waits waits) {
		this(workloads, records, holder, stop, waits, ConcurrentHashMap.newKeySet());
	}

	private QuietWindows(WorkloadCluster workloads, QuietRecords records, String holder, StopSignal stop, Waits waits,
			Set<Opened> open) {
		this.workloads = workloads;
		this.records = records;
		this.holder = holder;
		this.stop = stop;
		this.waits = waits;
		this.undoing = new Undoing(workloads, waits);
		this.open = open;
	}

	/**
	 * The same windows, for one run that may be told to stop while others go on.
	 * @param pause ends early when the run is told to stop
	 */
	public QuietWindows heeding(StopSignal run, Pause pause) {
		return new QuietWindows(workloads, records, holder, run,
				new Waits(waits.clock(), pause, waits.stubborn(), waits.retry()), open);
	}

	/**
	 * Does something while an application is quiet.
	 * @param run for people: on whose behalf
	 * @param work is told how long it may take, and is bounded by that
	 * @param warnings is told what goes wrong without being thrown, and what was found
	 * @throws LonghaulException why it could not be made quiet, did not stay so, or could
	 * not be released; and whatever the work throws. Released, or recorded as not
	 * released, it is in any case
	 */
	public <T> Quieted<T> during(ApplicationName application, String run, QuietPlan plan, Function<Duration, T> work,
			Consumer<String> warnings) {
		if (plan.isNothing()) {
			return new Quieted<>(work.apply(plan.limit()), null);
		}
		Kept claimed = claim(application, run, plan, warnings);
		try {
			return new Window(claimed, plan, warnings).run(work);
		}
		finally {
			open.remove(Opened.of(claimed.record()));
		}
	}

	/**
	 * Releases every application that was left quiet: those of this installation at once,
	 * those of others when their time is over. What goes wrong is warned of, and keeps
	 * nobody from going on. To be called before anything else, and from time to time.
	 * @param warnings is told what was found, too
	 * @return when to look again; empty if nothing is left quiet
	 */
	public Optional<Instant> releaseLeftovers(Consumer<String> warnings) {
		try {
			// Nothing is begun yet, so the program may be told to stop.
			QuietRecords.All all = persevere(waits.pause(), "looking for applications left quiet", records::all);
			all.unreadable().forEach(where -> warnings.accept(unreadable(where)));
			return all.records()
				.stream()
				.flatMap(kept -> releaseIfLeft(kept, warnings).stream())
				.min(Comparator.naturalOrder());
		}
		catch (TransientFailure | OutcomeUnknown | RefusedRequest ex) {
			warnings
				.accept("nobody knows whether an application was left quiet: %s; %s".formatted(ex.fact(), ex.hint()));
			return Optional.of(later());
		}
	}

	private static String unreadable(String where) {
		return "the record of a quiet application cannot be read: %s; look whether it is released, and delete it"
			.formatted(where);
	}

	private Instant later() {
		return waits.clock().instant().plus(LATER);
	}

	private Optional<Instant> releaseIfLeft(Kept kept, Consumer<String> warnings) {
		QuietRecord record = kept.record();
		if (!isLeft(record)) {
			if (!open.contains(Opened.of(record))) {
				warnings.accept("application '%s' is kept quiet by another Longhaul, for %s, until %s at the latest"
					.formatted(record.application(), record.run(), record.until()));
			}
			return Optional.of(record.until());
		}
		try {
			release(kept, warnings);
			return Optional.empty();
		}
		catch (LonghaulException ex) {
			warnings.accept(ex.fact() + "; " + ex.hint());
			return Optional.of(later());
		}
	}

	private boolean isLeft(QuietRecord record) {
		boolean own = record.holder().equals(holder) && !open.contains(Opened.of(record));
		return own || !waits.clock().instant().isBefore(record.until());
	}

	private void release(Kept kept, Consumer<String> warnings) {
		Undoing.uninterrupted(() -> {
			undoing.undoAll(kept.record());
			persevere("deleting a record", () -> delete(kept));
		});
		warnings.accept("application '%s' had been left quiet by %s since %s, and is released"
			.formatted(kept.record().application(), kept.record().run(), kept.record().since()));
	}

	private boolean delete(Kept kept) {
		records.delete(kept);
		return true;
	}

	/** Waits for a window of somebody else's to end, and ends one that was left. */
	private Kept claim(ApplicationName application, String run, QuietPlan plan, Consumer<String> warnings) {
		for (int attempt = 0; attempt < CLAIMS; attempt++) {
			QuietRecord wanted = record(application, run, plan);
			open.add(Opened.of(wanted));
			Optional<Kept> made = Optional.empty();
			try {
				made = persevere("recording a window", () -> records.create(wanted));
			}
			finally {
				if (made.isEmpty()) {
					open.remove(Opened.of(wanted));
				}
			}
			if (made.isPresent()) {
				return made.get();
			}
			persevere("looking at a window", () -> records.find(application))
				.ifPresent(other -> awaitEnd(other, warnings));
		}
		throw new RefusedRequest(FailureCode.NOT_QUIET,
				"application '%s' was made quiet by others %d times in a row".formatted(application, CLAIMS),
				"let only one Longhaul back it up");
	}

	private QuietRecord record(ApplicationName application, String run, QuietPlan plan) {
		Instant now = waits.clock().instant();
		Duration undoing = plan.steps()
			.stream()
			.map(step -> step.timeout().plus(Undoing.PATIENCE))
			.reduce(Duration.ZERO, Duration::plus);
		return new QuietRecord(application, run, holder, now, now.plus(plan.limit()).plus(undoing), List.of());
	}

	private void awaitEnd(Kept other, Consumer<String> warnings) {
		QuietRecord record = other.record();
		if (isLeft(record)) {
			release(other, warnings);
			return;
		}
		Duration left = Duration.between(waits.clock().instant(), record.until());
		if (left.compareTo(BELIEVED) > 0) {
			throw new RefusedRequest(FailureCode.NOT_QUIET,
					"application '%s' is to be quiet until %s, says a record of %s".formatted(record.application(),
							record.until(), record.run()),
					"look at the ConfigMaps of Longhaul in Longhorn's namespace; delete that one if nobody runs");
		}
		Patience patience = new Patience(LOOK, left);
		patience.await(waits.clock(), waits.pause(), "another window of " + record.application(),
				() -> persevere("looking at a window", () -> records.find(record.application()))
					.filter(now -> now.record().since().equals(record.since()))
					.isPresent() ? Optional.empty() : Optional.of(true));
	}

	/** Where asking twice is asking once. */
	private <T> T persevere(String what, Supplier<T> question) {
		return persevere(waits.stubborn(), what, question);
	}

	private <T> T persevere(Pause pause, String what, Supplier<T> question) {
		List<LonghaulException> failures = new ArrayList<>();
		return new Patience(LOOK, waits.retry()).await(waits.clock(), pause, what, () -> {
			try {
				return Optional.of(question.get());
			}
			catch (TransientFailure | OutcomeUnknown ex) {
				failures.add(ex);
				return Optional.empty();
			}
		}).orElseThrow(() -> failures.get(failures.size() - 1));
	}

	/** One window, from its record on. */
	private final class Window {

		private final QuietPlan plan;

		private final Consumer<String> warnings;

		private final OpenWindow steps;

		private final Deadline deadline;

		private Kept kept;

		private Instant began;

		Window(Kept kept, QuietPlan plan, Consumer<String> warnings) {
			this.kept = kept;
			this.plan = plan;
			this.warnings = warnings;
			this.deadline = Deadline.in(waits.clock(), plan.limit());
			this.steps = new OpenWindow(workloads, stop, waits, deadline);
			this.began = waits.clock().instant();
		}

		<T> Quieted<T> run(Function<Duration, T> work) {
			T result;
			try {
				result = quietly(work);
			}
			catch (RuntimeException | Error ex) {
				releaseAfter(ex);
				throw ex;
			}
			end();
			return new Quieted<>(result, new QuietWindow(began, Duration.between(began, waits.clock().instant())));
		}

		private <T> T quietly(Function<Duration, T> work) {
			QuietRecord known = kept.record().with(steps.look(plan.steps()));
			kept = persevere("recording what to release", () -> records.replace(kept, known));
			began = waits.clock().instant();
			steps.enter();
			T result = work.apply(deadline.leftFor(plan.limit(), "the snapshots were asked for"));
			steps.requireStillQuiet();
			return result;
		}

		/** What led here is what is reported; that it is not released is said, too. */
		private void releaseAfter(Throwable cause) {
			try {
				end();
			}
			catch (LonghaulException ex) {
				warnings.accept(ex.fact() + "; " + ex.hint());
				cause.addSuppressed(ex);
			}
		}

		private void end() {
			Undoing.uninterrupted(() -> {
				steps.letGo();
				undoing.undoAll(kept.record());
				persevere("deleting a record", () -> delete(kept));
			});
		}

	}

	private record Opened(ApplicationName application, Instant since) {

		static Opened of(QuietRecord record) {
			return new Opened(record.application(), record.since());
		}

	}

}
