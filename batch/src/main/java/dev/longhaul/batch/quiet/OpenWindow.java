package dev.longhaul.batch.quiet;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.cluster.HeldCommand;
import dev.longhaul.core.cluster.WorkloadCluster;
import dev.longhaul.core.cluster.WorkloadCluster.CommandResult;
import dev.longhaul.core.cluster.WorkloadCluster.Scale;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.profile.QuietStep;
import dev.longhaul.core.profile.QuietStep.Hold;
import dev.longhaul.core.profile.QuietStep.Run;
import dev.longhaul.core.profile.QuietStep.ScaleToZero;
import dev.longhaul.core.profile.Release;
import dev.longhaul.core.time.Patience;

/**
 * The steps of one window: looked at, done, looked at again. Undoing them is the affair
 * of {@link Undoing}, which can do it without what is remembered here.
 */
final class OpenWindow {

	private static final Duration LOOK = Duration.ofSeconds(1);

	/** For a command that holds something to say that it still does. */
	private static final Duration ANSWER = Duration.ofSeconds(15);

	private static final int LONGEST_COMPLAINT = 300;

	private final WorkloadCluster workloads;

	private final StopSignal stop;

	private final Waits waits;

	private final Deadline deadline;

	private final List<Seen> seen = new ArrayList<>();

	private final Deque<HeldCommand> held = new ArrayDeque<>();

	OpenWindow(WorkloadCluster workloads, StopSignal stop, Waits waits, Deadline deadline) {
		this.workloads = workloads;
		this.stop = stop;
		this.waits = waits;
		this.deadline = deadline;
	}

	/**
	 * Finds out how things are, and changes nothing.
	 * @return what will have to be undone, in the order in which it is
	 */
	List<Release> look(List<QuietStep> steps) {
		steps.forEach(step -> seen.add(look(step)));
		List<Release> releases = new ArrayList<>();
		seen.stream().flatMap(Seen::release).forEach(releases::add);
		Collections.reverse(releases);
		return releases;
	}

	private Seen look(QuietStep step) {
		if (step instanceof Run run) {
			return new Seen(step, !run.unless().isEmpty() && isQuiet(run), 0);
		}
		if (step instanceof ScaleToZero scale) {
			int wanted = ask(step, () -> workloads.scale(scale.workload())).wanted();
			return new Seen(step, wanted == 0, wanted);
		}
		return new Seen(step, false, 0);
	}

	/** Makes it quiet, in order. */
	void enter() {
		seen.stream().filter(step -> !step.wasQuiet()).forEach(this::enter);
	}

	private void enter(Seen step) {
		if (step.step() instanceof Run run) {
			CommandResult result = ask(run, () -> workloads.run(run.place(), run.before(), left(run)));
			if (result.exitCode() != 0) {
				throw ended(run.what(), run.where(), result);
			}
		}
		else if (step.step() instanceof Hold hold) {
			enter(hold);
		}
		else if (step.step() instanceof ScaleToZero scale) {
			empty(scale, step.pods());
		}
	}

	private void enter(Hold hold) {
		HeldCommand command = ask(hold, () -> workloads.hold(hold.place(), hold.command()));
		held.push(command);
		String said = stop.interruptibly(() -> Optional.ofNullable(command.nextLine(left(hold)))).orElse("nothing");
		if (!said.equals(Hold.HELD)) {
			throw notQuiet(hold, "it said %s%s".formatted(shortened(said), complaint(command.errors())));
		}
	}

	private void empty(ScaleToZero scale, int pods) {
		if (!ask(scale, () -> workloads.scale(scale.workload(), pods, 0))) {
			throw notQuiet(scale, "somebody else is scaling it");
		}
		Patience patience = new Patience(LOOK, left(scale));
		Optional<Scale> gone = patience.await(waits.clock(), waits.pause(),
				"the pods of " + scale.workload() + " to end",
				() -> Optional.of(ask(scale, () -> workloads.scale(scale.workload())))
					.filter(now -> now.present() == 0));
		if (gone.isEmpty()) {
			throw notQuiet(scale, "its pods did not end in time");
		}
	}

	/**
	 * What was quiet at the beginning has to be so at the end: otherwise nobody knows
	 * what the snapshots are of.
	 * @throws RefusedRequest if it is not
	 */
	void requireStillQuiet() {
		for (Seen step : seen) {
			if (step.step() instanceof Run run && !run.unless().isEmpty() && !isQuiet(run)) {
				throw lost(run, "somebody else has undone it");
			}
			if (step.step() instanceof ScaleToZero scale) {
				requireEmpty(scale);
			}
		}
		for (HeldCommand command : held) {
			boolean answered = command.say("still?") && Hold.HELD.equals(command.nextLine(ANSWER));
			if (!answered) {
				throw new RefusedRequest(FailureCode.NOT_QUIET,
						"a command did not hold until the snapshots were ready" + complaint(command.errors()),
						"look at the logs of its pod");
			}
		}
	}

	private void requireEmpty(ScaleToZero scale) {
		Scale now = ask(scale, () -> workloads.scale(scale.workload()));
		if (now.wanted() != 0 || now.present() != 0) {
			throw lost(scale, "it has %d pods again; an Argo CD that heals itself does that: let it ignore the replicas"
				.formatted(Math.max(now.wanted(), now.present())));
		}
	}

	/** Ends what was held, last first; what it held ends with it. */
	void letGo() {
		while (!held.isEmpty()) {
			held.pop().close();
		}
	}

	private boolean isQuiet(Run run) {
		CommandResult result = ask(run, () -> workloads.run(run.place(), run.unless(), left(run)));
		if (result.exitCode() == 0) {
			return true;
		}
		if (result.exitCode() == 1) {
			return false;
		}
		throw ended("looking for " + run.what(), run.where(), result);
	}

	/** Asks again as long as nothing was changed by asking. */
	private <T> T ask(QuietStep step, Supplier<T> question) {
		List<TransientFailure> failures = new ArrayList<>();
		Patience patience = new Patience(LOOK, left(step));
		return patience.await(waits.clock(), waits.pause(), step.what(), () -> {
			try {
				return Optional.of(stop.interruptibly(question));
			}
			catch (TransientFailure ex) {
				failures.add(ex);
				return Optional.empty();
			}
		}).orElseThrow(() -> failures.get(failures.size() - 1));
	}

	private Duration left(QuietStep step) {
		return deadline.leftFor(step.timeout(), step.what() + " of " + step.where());
	}

	static RefusedRequest ended(String what, String where, CommandResult result) {
		return new RefusedRequest(FailureCode.NOT_QUIET, "%s: the command in %s ended with %d%s".formatted(what, where,
				result.exitCode(), complaint(result.errors())), "run it by hand: kubectl exec shows what it needs");
	}

	private static RefusedRequest notQuiet(QuietStep step, String why) {
		return new RefusedRequest(FailureCode.NOT_QUIET, "%s of %s: %s".formatted(step.what(), step.where(), why),
				"look at its pods and their logs");
	}

	private static LonghaulException lost(QuietStep step, String why) {
		return notQuiet(step, "it did not last until the snapshots were ready: " + why);
	}

	private static String complaint(String errors) {
		return errors.isBlank() ? "" : ": " + shortened(errors.strip());
	}

	private static String shortened(String text) {
		return (text.length() > LONGEST_COMPLAINT) ? text.substring(0, LONGEST_COMPLAINT) + "…" : text;
	}

	/**
	 * @param wasQuiet before the window, and stays so after it
	 * @param pods of a workload that is to be scaled
	 */
	private record Seen(QuietStep step, boolean wasQuiet, int pods) {

		Stream<Release> release() {
			return wasQuiet ? Stream.empty() : step.release(pods).stream();
		}

	}

}
