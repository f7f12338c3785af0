package dev.longhaul.gitops.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.job.Misfire;
import dev.longhaul.core.job.Start;
import dev.longhaul.core.job.Trigger;

/**
 * When a job that goes by the clock runs next. Pure.
 */
public final class Timetable {

	/** A start that is late by less was not missed: the server was busy. */
	static final Duration LATE = Duration.ofMinutes(1);

	/** Runs in a row that blackouts keep from starting; a job with more never starts. */
	private static final int MOST_SKIPPED = 1000;

	/** How far back the newest missed run is looked for, nearest first. */
	private static final List<Duration> WINDOWS = List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(8),
			Duration.ofDays(32), Duration.ofDays(366), Duration.ofDays(4 * 366L));

	private final Recurrence recurrence;

	private final Trigger trigger;

	private final Duration jitter;

	private Timetable(Recurrence recurrence, Trigger trigger, Duration jitter) {
		this.recurrence = recurrence;
		this.trigger = trigger;
		this.jitter = jitter;
	}

	/**
	 * @param settled up to when the schedule was looked after: the last run that was
	 * started or left out
	 * @return empty for a job that is suspended, that follows another one, or whose runs
	 * all fall into blackouts
	 */
	public static Optional<Due> next(JobDefinition job, Instant settled, Instant now) {
		Trigger trigger = job.trigger();
		if (trigger.suspended() || !(trigger.start() instanceof Start.OnSchedule onSchedule)) {
			return Optional.empty();
		}
		return new Timetable(Recurrence.of(onSchedule.schedule()), trigger, jitterOf(job)).next(settled, now);
	}

	/**
	 * The runs to come, each as if the one before had begun when it was due; soonest
	 * first.
	 * @param most of them
	 */
	public static List<Due> upcoming(JobDefinition job, Instant now, int most) {
		List<Due> upcoming = new ArrayList<>();
		Optional<Due> due = next(job, now, now);
		while (due.isPresent() && upcoming.size() < most) {
			upcoming.add(due.get());
			due = next(job, due.get().scheduledFor(), due.get().start());
		}
		return upcoming;
	}

	/**
	 * The newest run that should have begun by a moment, for whoever asks whether it has.
	 * @return empty for a job that is suspended, that follows another one, or that had no
	 * run to begin for some years
	 */
	public static Optional<Due> newest(JobDefinition job, Instant until) {
		Trigger trigger = job.trigger();
		if (trigger.suspended() || !(trigger.start() instanceof Start.OnSchedule onSchedule)) {
			return Optional.empty();
		}
		return new Timetable(Recurrence.of(onSchedule.schedule()), trigger, jitterOf(job)).newest(until);
	}

	/** The same share at every start of the server, so that no run moves. */
	private static Duration jitterOf(JobDefinition job) {
		double share = Integer.toUnsignedLong(job.name().value().hashCode() * 0x9E3779B9) / 0x1p32;
		return Duration.ofSeconds((long) (job.trigger().jitter().toSeconds() * share));
	}

	private Optional<Due> next(Instant settled, Instant now) {
		Optional<Instant> missed = newestBetween(settled, now.minus(jitter).minus(LATE));
		if (missed.isPresent() && trigger.misfire() == Misfire.RUN_ONCE) {
			return afterBlackouts(now).map(start -> new Due(missed.get(), start));
		}
		Optional<Instant> due = recurrence.next(missed.orElse(settled));
		for (int skipped = 0; due.isPresent() && skipped < MOST_SKIPPED; skipped++) {
			Instant scheduledFor = due.get();
			Instant start = scheduledFor.plus(jitter);
			Optional<Instant> allowed = afterBlackouts(start);
			if (trigger.misfire() == Misfire.RUN_ONCE || allowed.filter(start::equals).isPresent()) {
				return allowed.map(moment -> new Due(scheduledFor, moment));
			}
			due = recurrence.next(scheduledFor);
		}
		return Optional.empty();
	}

	private Optional<Due> newest(Instant until) {
		Instant last = until.minus(jitter);
		for (int skipped = 0; skipped < MOST_SKIPPED; skipped++) {
			Optional<Instant> due = newestBetween(Instant.EPOCH, last);
			if (due.isEmpty()) {
				return Optional.empty();
			}
			Instant usual = due.get().plus(jitter);
			Optional<Instant> start = afterBlackouts(usual).filter(moment -> !moment.isAfter(until))
				.filter(moment -> trigger.misfire() == Misfire.RUN_ONCE || moment.equals(usual));
			if (start.isPresent()) {
				return start.map(moment -> new Due(due.get(), moment));
			}
			last = due.get().minusSeconds(1);
		}
		return Optional.empty();
	}

	private Optional<Instant> newestBetween(Instant after, Instant until) {
		for (Duration window : WINDOWS) {
			Instant from = latest(after, until.minus(window));
			Optional<Instant> newest = Optional.empty();
			Optional<Instant> due = recurrence.next(from);
			while (due.isPresent() && !due.get().isAfter(until)) {
				newest = due;
				due = recurrence.next(due.get());
			}
			if (newest.isPresent() || from.equals(after)) {
				return newest;
			}
		}
		return Optional.empty();
	}

	private static Instant latest(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	/**
	 * The first moment outside of all blackouts; empty if they fill the week.
	 */
	private Optional<Instant> afterBlackouts(Instant start) {
		Instant allowed = start;
		while (allowed.isBefore(start.plus(Duration.ofDays(8)))) {
			Optional<Instant> end = endOfBlackout(allowed);
			if (end.isEmpty()) {
				return Optional.of(allowed);
			}
			allowed = end.get();
		}
		return Optional.empty();
	}

	private Optional<Instant> endOfBlackout(Instant moment) {
		return trigger.blackouts()
			.stream()
			.flatMap(blackout -> blackout.endIfWithin(moment).stream())
			.max(Comparator.naturalOrder());
	}

}
