package dev.longhaul.scheduler.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.job.Misfire;
import dev.longhaul.core.job.Start;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.gitops.schedule.Due;
import dev.longhaul.gitops.schedule.Timetable;
import dev.longhaul.scheduler.run.RunCause;
import dev.longhaul.scheduler.run.RunOrder;
import org.jspecify.annotations.Nullable;

/**
 * Which run is next, job by job, by the definitions in force.
 */
final class Agenda {

	/** Within which a run begins as its schedule says. */
	private static final Duration PROMPT = Duration.ofMinutes(1);

	/** Ordered, so that what is told is told alike. */
	private final Map<String, Entry> entries = new TreeMap<>();

	/** Whether the first definitions are still to come: nothing was edited yet then. */
	private boolean starting = true;

	/**
	 * Takes definitions into force. A job whose definition has not changed keeps its
	 * place. One that is new or changed goes by its schedule from now on; at the start,
	 * from its last run on, so that a run that came due while nobody was there is not
	 * lost.
	 * @param lastRun when the newest run of a job was due
	 * @return what has changed, by name
	 */
	List<Change> take(Definitions definitions, Function<JobName, Optional<Instant>> lastRun, Instant now) {
		List<Change> changes = new ArrayList<>();
		for (JobDefinition job : definitions.jobs()) {
			Entry before = entries.get(job.name().value());
			if (before == null || !before.job().equals(job)) {
				Instant settled = starting ? lastRun.apply(job.name()).orElse(now) : now;
				changes.add(put(job, settled, now));
			}
		}
		List<JobName> gone = entries.values()
			.stream()
			.map(entry -> entry.job().name())
			.filter(name -> definitions.job(name).isEmpty())
			.toList();
		gone.forEach(name -> entries.remove(name.value()));
		gone.forEach(name -> changes.add(new Change.Removed(name)));
		starting = false;
		return changes;
	}

	/**
	 * Notes that a run was looked after, whatever came of it.
	 * @return the next one; empty if the job is gone or never due
	 */
	Optional<Due> settle(JobName name, Instant scheduledFor, Instant now) {
		Entry entry = entries.get(name.value());
		if (entry == null) {
			return Optional.empty();
		}
		Instant settled = scheduledFor.isAfter(entry.settled()) ? scheduledFor : entry.settled();
		put(entry.job(), settled, now);
		return Optional.ofNullable(entries.get(name.value())).map(Entry::due);
	}

	/**
	 * The next run of a job as things are now: one whose time has passed meanwhile may
	 * have given way to another one.
	 */
	Optional<Due> due(JobName name, Instant now) {
		Entry entry = entries.get(name.value());
		return (entry != null) ? next(entry.job(), entry.settled(), now) : Optional.empty();
	}

	/**
	 * Whether a run begins at another time than its schedule says, because it could not
	 * then.
	 */
	boolean isLate(JobName name, Due due) {
		Entry entry = entries.get(name.value());
		return entry != null
				&& due.start().isAfter(due.scheduledFor().plus(entry.job().trigger().jitter()).plus(PROMPT));
	}

	private static Optional<Due> next(JobDefinition job, Instant settled, Instant now) {
		return Timetable.next(job, settled, now);
	}

	private Change put(JobDefinition job, Instant settled, Instant now) {
		Due due = next(job, settled, now).orElse(null);
		entries.put(job.name().value(), new Entry(job, settled, due));
		return (due != null) ? new Change.Planned(job, due) : new Change.Idle(job, whyIdle(job));
	}

	private static String whyIdle(JobDefinition job) {
		if (job.trigger().suspended()) {
			return "suspended";
		}
		if (job.trigger().start() instanceof Start.After after) {
			return "after " + after.job();
		}
		return "never due: its blackouts leave no room";
	}

	/** The jobs that begin when a job ends. */
	List<JobName> after(JobName name) {
		return entries.values()
			.stream()
			.map(Entry::job)
			.filter(job -> !job.trigger().suspended())
			.filter(job -> job.trigger().start() instanceof Start.After after && after.job().equals(name))
			.map(JobDefinition::name)
			.toList();
	}

	/**
	 * The runs that were to begin when another job had ended, and did not, because the
	 * process was killed in between. A job that never ran is not caught up on.
	 * @param ended when the newest run of a job was due that others may follow
	 * @param lastRun when the newest run of a job was due
	 */
	List<RunOrder> missed(Function<JobName, Optional<Instant>> ended, Function<JobName, Optional<Instant>> lastRun) {
		List<RunOrder> missed = new ArrayList<>();
		for (Entry entry : entries.values()) {
			JobName leader = entry.job().name();
			ended.apply(leader)
				.ifPresent(led -> after(leader).stream()
					.filter(this::isCaughtUpOn)
					.filter(follower -> lastRun.apply(follower).filter(led::isAfter).isPresent())
					.forEach(follower -> missed.add(new RunOrder(follower, led, new RunCause.After(leader)))));
		}
		return missed;
	}

	private boolean isCaughtUpOn(JobName name) {
		Entry entry = entries.get(name.value());
		return entry != null && entry.job().trigger().misfire() == Misfire.RUN_ONCE;
	}

	/** What has become of a job. */
	sealed interface Change {

		/** It is new or changed, and its next run is known. */
		record Planned(JobDefinition job, Due due) implements Change {
		}

		/**
		 * It is new or changed, and does not start by the clock.
		 *
		 * @param why for people
		 */
		record Idle(JobDefinition job, String why) implements Change {
		}

		/** It is not declared any more. */
		record Removed(JobName job) implements Change {
		}

	}

	/**
	 * @param settled up to when its schedule was looked after
	 */
	private record Entry(JobDefinition job, Instant settled, @Nullable Due due) {
	}

}
