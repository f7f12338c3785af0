package dev.longhaul.scheduler.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import dev.longhaul.scheduler.run.RunEvent.Body;
import dev.longhaul.scheduler.run.RunStep.State;

/**
 * How far a run is: its steps in their order, and of what moves just now, how far that
 * is. For whoever carries the run out; safe for several threads.
 */
public final class RunSteps {

	/** Of three steps for each of a thousand applications. */
	static final int MOST = 3000;

	private final Map<String, Placed> steps = new LinkedHashMap<>();

	/** By subject; what is over moves no more. */
	private final Map<String, Seen> moving = new LinkedHashMap<>();

	private final Consumer<Placed> changed;

	private final Clock clock;

	/**
	 * @param changed is told of every step that changes
	 */
	RunSteps(Consumer<Placed> changed, Clock clock) {
		this.changed = changed;
		this.clock = clock;
	}

	/** Says that something is still to be done. Again is the same. */
	public synchronized void plan(String subject, String name) {
		placed(subject, name);
	}

	/** Something begins, and what comes before it on the same subject is over. */
	public synchronized void begin(String subject, String name) {
		Placed placed = placed(subject, name);
		if (placed.step().state() == State.WAITING) {
			skipBefore(placed);
			put(placed.with(placed.step().begun(now())));
		}
	}

	/** A restart goes on where it was: what came before was done by an earlier start. */
	private void skipBefore(Placed placed) {
		change(other -> other.number() < placed.number() && other.isOf(placed.step().subject())
				&& other.step().state() == State.WAITING,
				step -> step.over(State.SKIPPED, "by an earlier start", 0, now()));
	}

	/** Something is over. */
	public synchronized void end(String subject, String name, State state, String note, long bytes) {
		Placed placed = placed(subject, name);
		skipBefore(placed);
		put(placed.with(placed.step().over(state, note, bytes, now())));
		rest(subject);
	}

	/**
	 * Whatever is done with a subject now has failed, and what would follow is not done.
	 */
	public synchronized void fail(String subject, String note) {
		Placed at = steps.values()
			.stream()
			.filter(placed -> placed.isOf(subject) && !placed.step().state().isOver())
			.findFirst()
			.orElseGet(() -> placed(subject, "everything"));
		put(at.with(at.step().over(State.FAILED, note, 0, now())));
		change(placed -> placed.isOf(subject) && !placed.step().state().isOver(),
				step -> step.over(State.SKIPPED, "", 0, now()));
		rest(subject);
	}

	/** Nothing of it moves any more. */
	private void rest(String subject) {
		moving.keySet().removeIf(key -> key.equals(subject) || key.startsWith(subject + "/"));
	}

	/** Whether nothing more is done with any of these. */
	public synchronized boolean areOver(Predicate<RunStep> which) {
		return steps.values().stream().map(Placed::step).filter(which).allMatch(step -> step.state().isOver());
	}

	/** As it is now. */
	synchronized List<RunStep> all() {
		return steps.values().stream().map(Placed::step).toList();
	}

	synchronized List<Placed> placed() {
		return List.copyOf(steps.values());
	}

	/** What moves now. */
	synchronized List<Moving> moving() {
		Instant now = clock.instant();
		return moving.values().stream().map(seen -> seen.moving(now)).toList();
	}

	synchronized void moved(Body.Progressed so) {
		if (so.of() > 0 && so.done() >= so.of()) {
			moving.remove(so.subject());
			return;
		}
		Seen before = moving.get(so.subject());
		boolean goesOn = before != null && before.first().work() == so.work() && before.first().done() <= so.done();
		moving.put(so.subject(), (goesOn && before != null) ? new Seen(before.first(), before.since(), so)
				: new Seen(so, clock.instant(), so));
	}

	/** The run is over, and so is everything in it. */
	synchronized void close(RunOutcome outcome, Instant now) {
		change(placed -> !placed.step().state().isOver(), step -> step.after(outcome, now));
		moving.clear();
	}

	private void change(Predicate<Placed> which, UnaryOperator<RunStep> how) {
		new ArrayList<>(steps.values()).stream()
			.filter(which)
			.forEach(placed -> put(placed.with(how.apply(placed.step()))));
	}

	/** Beyond the bound nothing is kept, and nothing is said wrong. */
	private Placed placed(String subject, String name) {
		Placed known = steps.get(key(subject, name));
		if (known != null) {
			return known;
		}
		Placed planned = new Placed(steps.size() + 1, RunStep.of(subject, name));
		put(planned);
		return planned;
	}

	private void put(Placed placed) {
		String key = key(placed.step().subject(), placed.step().name());
		if (placed.number() <= MOST) {
			steps.put(key, placed);
			changed.accept(placed);
		}
	}

	private static String key(String subject, String name) {
		return subject + "\n" + name;
	}

	private Instant now() {
		return clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

	/**
	 * @param number counted from 1, in the order of the run
	 */
	record Placed(int number, RunStep step) {

		Placed with(RunStep other) {
			return new Placed(number, other);
		}

		boolean isOf(String subject) {
			return step.subject().equals(subject);
		}

	}

	/**
	 * Something that moves.
	 *
	 * @param before what was done when it was first seen, and so says nothing of its pace
	 * @param bytesBefore the same in bytes
	 * @param watched since it was first seen
	 */
	public record Moving(Body.Progressed now, long before, long bytesBefore, Duration watched) {

	}

	/** From when to where something moved. */
	private record Seen(Body.Progressed first, Instant since, Body.Progressed last) {

		Moving moving(Instant now) {
			return new Moving(last, first.done(), first.bytes(), Duration.between(since, now));
		}

	}

}
