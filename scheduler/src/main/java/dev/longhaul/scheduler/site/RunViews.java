package dev.longhaul.scheduler.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.longhaul.core.text.Progress;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.page.run.RunPage;
import dev.longhaul.scheduler.page.run.RunRow;
import dev.longhaul.scheduler.page.run.RunState;
import dev.longhaul.scheduler.page.run.Step;
import dev.longhaul.scheduler.page.run.VolumeProgress;
import dev.longhaul.scheduler.run.RunCause;
import dev.longhaul.scheduler.run.RunEvent.Body;
import dev.longhaul.scheduler.run.RunOutcome;
import dev.longhaul.scheduler.run.RunRecord;
import dev.longhaul.scheduler.run.RunStep;
import dev.longhaul.scheduler.run.RunSteps;
import org.jspecify.annotations.Nullable;

/**
 * Runs as pages show them.
 */
final class RunViews {

	private static final Map<RunOutcome.Kind, RunState> STATES = Map.of(RunOutcome.Kind.WAITING, RunState.WAITING,
			RunOutcome.Kind.RUNNING, RunState.RUNNING, RunOutcome.Kind.PROVEN, RunState.PROVEN,
			RunOutcome.Kind.UNPROVEN, RunState.UNPROVEN, RunOutcome.Kind.FAILED, RunState.FAILED,
			RunOutcome.Kind.CANCELLED, RunState.CANCELLED, RunOutcome.Kind.INTERRUPTED, RunState.INTERRUPTED);

	private static final Map<RunStep.State, RunState> STEPS = Map.of(RunStep.State.WAITING, RunState.WAITING,
			RunStep.State.RUNNING, RunState.RUNNING, RunStep.State.DONE, RunState.SUCCEEDED, RunStep.State.FAILED,
			RunState.FAILED, RunStep.State.UNKNOWN, RunState.UNKNOWN, RunStep.State.INTERRUPTED, RunState.INTERRUPTED,
			RunStep.State.SKIPPED, RunState.SKIPPED);

	private RunViews() {
	}

	/**
	 * @param moved in bytes; null if it moved none
	 */
	static RunRow row(RunRecord run, @Nullable Long moved) {
		return new RunRow(run.id().value(), run.job(), (run.kind() != null) ? run.kind().word() : "",
				cause(run.cause()), run.scheduledFor(), run.started(), run.ended(),
				Objects.requireNonNull(STATES.get(run.outcome().kind())), (moved != null) ? new ByteSize(moved) : null,
				(run.outcome() instanceof RunOutcome.Failed failed) ? failed.code() : null);
	}

	private static String cause(RunCause cause) {
		if (cause instanceof RunCause.ByHand hand) {
			return hand.who();
		}
		if (cause instanceof RunCause.After after) {
			return "after " + after.job();
		}
		if (cause instanceof RunCause.CaughtUp) {
			return "schedule, late";
		}
		return (cause instanceof RunCause.Recovered) ? "restart" : "schedule";
	}

	/** Null if it did not fail. */
	static RunPage.@Nullable Failure failure(RunRecord run) {
		return (run.outcome() instanceof RunOutcome.Failed failed)
				? new RunPage.Failure(failed.code(), failed.fact(), failed.hint()) : null;
	}

	/**
	 * What is done with one application stands together, between what comes before and
	 * after all of them.
	 */
	static List<Step> steps(List<RunStep> inOrder) {
		List<RunStep> before = inOrder.stream().takeWhile(step -> step.subject().isEmpty()).toList();
		Map<String, List<RunStep>> bySubject = new LinkedHashMap<>();
		List<RunStep> after = new ArrayList<>();
		inOrder.stream()
			.skip(before.size())
			.forEach(step -> (step.subject().isEmpty() ? after
					: bySubject.computeIfAbsent(step.subject(), any -> new ArrayList<>()))
				.add(step));
		return Stream.of(before, bySubject.values().stream().flatMap(List::stream).toList(), after)
			.flatMap(List::stream)
			.map(RunViews::step)
			.toList();
	}

	private static Step step(RunStep step) {
		return new Step(step.subject(), step.name(), Objects.requireNonNull(STEPS.get(step.state())), step.started(),
				step.ended(), step.note());
	}

	/** What moves now; not what is counted without an end. */
	static List<VolumeProgress> volumes(List<RunSteps.Moving> moving) {
		return moving.stream().filter(one -> one.now().of() > 0).map(RunViews::volume).toList();
	}

	private static VolumeProgress volume(RunSteps.Moving moving) {
		Body.Progressed now = moving.now();
		String[] subject = now.subject().split("/", 2);
		return new VolumeProgress(subject[0], (subject.length > 1) ? subject[1] : "", now.work().word(),
				new Progress(moving.before(), now.done(), now.of(), moving.watched()), now.work().unit(),
				new ByteSize(now.bytes()), new ByteSize(moving.bytesBefore()));
	}

	/** Of cancelling it, for people. */
	static String consequence(RunRecord run) {
		if (run.outcome() instanceof RunOutcome.Waiting) {
			return "It never begins, and neither do jobs that would follow it.";
		}
		return "What is quiet is released first. What Longhorn has begun it finishes, and what is not proven by then"
				+ " stays unproven. Nobody goes on with this run, and jobs that would follow it do not begin.";
	}

}
