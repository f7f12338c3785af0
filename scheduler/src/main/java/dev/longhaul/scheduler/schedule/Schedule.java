package dev.longhaul.scheduler.schedule;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.repository.InForce;
import dev.longhaul.gitops.schedule.Due;
import dev.longhaul.scheduler.run.RunCause;
import dev.longhaul.scheduler.run.RunOrder;
import dev.longhaul.scheduler.run.RunOutcome;
import dev.longhaul.scheduler.run.Runs;
import org.jspecify.annotations.Nullable;

/**
 * The definitions in force, and the alarms set by them. One thread brings new
 * definitions, others run what they say. What was set before a restart is looked through
 * before anybody is woken, so nothing begins by a definition that is not in force.
 */
public final class Schedule implements Runs.Starter {

	private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

	private final Alarm alarm;

	private final PastRuns past;

	private final Work work;

	private final Consumer<String> log;

	private final Clock clock;

	private final ZoneId zone;

	private final Agenda agenda = new Agenda();

	/** Alarms that could not be kept, and are tried again; by when they go off. */
	private final Map<RunOrder, Instant> unset = new LinkedHashMap<>();

	private @Nullable InForce inForce;

	/**
	 * @param log takes lines for people
	 * @param zone of these people
	 */
	public Schedule(Alarm alarm, PastRuns past, Work work, Consumer<String> log, Clock clock, ZoneId zone) {
		this.alarm = alarm;
		this.past = past;
		this.work = work;
		this.log = log;
		this.clock = clock;
		this.zone = zone;
	}

	/**
	 * Takes definitions into force; those of the same commit change nothing. The first
	 * ones start the alarms.
	 */
	public synchronized void take(InForce found) {
		setWhatCouldNotBeSet();
		InForce before = inForce;
		inForce = found;
		if (before != null && before.revision().equals(found.revision())) {
			return;
		}
		log.accept("in force: commit %s of %s, '%s'".formatted(found.revision(), found.revision().author(),
				found.revision().subject()));
		agenda.take(found.definitions(), past::newestByItself, clock.instant()).forEach(this::follow);
		if (before == null) {
			takeUpWhatWasLeft(found);
			alarm.start(this::wake);
		}
	}

	private void follow(Agenda.Change change) {
		if (change instanceof Agenda.Change.Planned planned) {
			set(planned.job().name(), planned.due());
		}
		else if (change instanceof Agenda.Change.Idle idle) {
			JobName job = idle.job().name();
			takeBack(job, idle.job().trigger().suspended() ? () -> alarm.forget(job) : () -> alarm.forgetClock(job));
			log.accept("%s: %s".formatted(idle.job().name(), idle.why()));
		}
		else if (change instanceof Agenda.Change.Removed removed) {
			takeBack(removed.job(), () -> alarm.forget(removed.job()));
			log.accept("%s: not declared any more".formatted(removed.job()));
		}
	}

	/** One that stays by mistake wakes somebody who finds that nothing is due. */
	private void takeBack(Object job, Runnable alarms) {
		try {
			alarms.run();
		}
		catch (IllegalStateException ex) {
			log.accept("%s: an alarm could not be taken back: %s".formatted(job, ex.getMessage()));
		}
	}

	private void set(JobName job, Due due) {
		RunCause cause = agenda.isLate(job, due) ? new RunCause.CaughtUp() : new RunCause.ByTheClock();
		set(new RunOrder(job, due.scheduledFor(), cause), due.start());
		log.accept("%s: next run %s".formatted(job, MOMENT.format(due.start().atZone(zone))));
	}

	/** Without its next alarm a job would never run again. */
	private void set(RunOrder order, Instant start) {
		try {
			alarm.set(order, start);
			unset.remove(order);
		}
		catch (IllegalStateException ex) {
			unset.put(order, start);
			log.accept(
					"%s: its alarm could not be set, which is tried again: %s".formatted(order.job(), ex.getMessage()));
		}
	}

	private void setWhatCouldNotBeSet() {
		Map.copyOf(unset).forEach(this::set);
	}

	private void takeUpWhatWasLeft(InForce first) {
		Set<JobName> declared = first.definitions()
			.jobs()
			.stream()
			.map(JobDefinition::name)
			.collect(Collectors.toSet());
		takeBack(declared, () -> alarm.forgetAllBut(declared));
		first.definitions().jobs().forEach(job -> past.interrupted(job.name()).ifPresent(order -> {
			log.accept("%s was interrupted and goes on".formatted(order.night()));
			set(order, clock.instant());
		}));
		agenda.missed(past::newestToFollow, past::newest).forEach(this::catchUp);
		past.waiting().forEach(order -> set(order, clock.instant()));
	}

	private void catchUp(RunOrder order) {
		log.accept("%s did not begin when it was due after another job, and begins now".formatted(order.job()));
		set(order, clock.instant());
	}

	/** Only to be asked by what an alarm has woken. */
	private synchronized InForce inForce() {
		return Objects.requireNonNull(inForce, "alarms are set by definitions");
	}

	/** Runs what is due, and sets the alarms for what comes after it. */
	private void wake(RunOrder order) {
		if (!isDue(order)) {
			return;
		}
		RunOutcome outcome = work.carryOut(order, this::inForce);
		if (!(outcome instanceof RunOutcome.Interrupted)) {
			settle(order, outcome);
		}
	}

	/** What somebody wants, and what was begun before, is due in any case. */
	private synchronized boolean isDue(RunOrder order) {
		if (order.cause() instanceof RunCause.After leader) {
			return agenda.after(leader.job()).contains(order.job());
		}
		if (order.cause() instanceof RunCause.ByTheClock || order.cause() instanceof RunCause.CaughtUp) {
			return isDueByTheClock(order);
		}
		return true;
	}

	/**
	 * An alarm may be answered late, because other runs were under way or the machine was
	 * asleep. Then the policy of its job decides, as after a downtime.
	 */
	private boolean isDueByTheClock(RunOrder order) {
		Instant now = clock.instant();
		Due due = agenda.due(order.job(), now).orElse(null);
		if (due == null) {
			return false;
		}
		// Quartz wakes a moment early rather than late.
		if (due.scheduledFor().equals(order.scheduledFor()) && !due.start().isAfter(now.plusSeconds(1))) {
			return true;
		}
		log.accept("%s: the run of %s could not begin in time, and %s".formatted(order.job(),
				MOMENT.format(order.scheduledFor().atZone(zone)),
				due.scheduledFor().equals(order.scheduledFor()) ? "is put off" : "is left out"));
		set(order.job(), due);
		return false;
	}

	private synchronized void settle(RunOrder order, RunOutcome outcome) {
		if (!(order.cause() instanceof RunCause.ByHand)) {
			agenda.settle(order.job(), order.scheduledFor(), clock.instant()).ifPresent(due -> set(order.job(), due));
		}
		if (!(outcome instanceof RunOutcome.Cancelled)) {
			agenda.after(order.job())
				.forEach(follower -> set(new RunOrder(follower, order.scheduledFor(), new RunCause.After(order.job())),
						clock.instant()));
		}
	}

	@Override
	public synchronized void requireStartable(JobName name) {
		var unusedJob = inForce().definitions()
			.job(name)
			.orElseThrow(() -> new RefusedRequest(FailureCode.JOB_NOT_FOUND,
					"commit %s declares no job '%s'".formatted(inForce().revision(), name),
					"declare it in longhaul/jobs/; docs/definitions.md shows how"));
	}

	@Override
	public void begin(RunOrder order) {
		alarm.set(order, order.scheduledFor());
	}

	@Override
	public void takeBack(RunOrder order) {
		alarm.takeBack(order);
	}

	/** Who carries runs out. */
	public interface Work {

		/**
		 * Returns when the run is over, and does not throw.
		 * @param inForce the definitions in force whenever it is asked
		 */
		RunOutcome carryOut(RunOrder order, Supplier<InForce> inForce);

	}

}
