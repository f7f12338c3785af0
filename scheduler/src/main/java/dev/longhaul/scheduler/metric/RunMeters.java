package dev.longhaul.scheduler.metric;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.run.RunFigures;
import dev.longhaul.scheduler.run.RunFigures.StoreUse;
import dev.longhaul.scheduler.run.RunId;
import dev.longhaul.scheduler.run.RunObserver;
import dev.longhaul.scheduler.run.RunOutcome;
import dev.longhaul.scheduler.run.RunRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * What runs, and how runs ended. The label is {@code job_name}, because Prometheus has a
 * {@code job} of its own.
 */
public final class RunMeters implements RunObserver {

	private static final String JOB = "job_name";

	private static final double MILLIS = 1000.0;

	private final MeterRegistry registry;

	private final Clock clock;

	private final MultiGauge active;

	private final MultiGauge last;

	private final Map<RunId, RunRecord> running = new ConcurrentHashMap<>();

	private final Map<JobName, RunRecord> ended = new ConcurrentHashMap<>();

	public RunMeters(MeterRegistry registry, Clock clock) {
		this.registry = registry;
		this.clock = clock;
		active = MultiGauge.builder("longhaul.run.active")
			.description("For how long a run has been under way")
			.baseUnit("seconds")
			.register(registry);
		last = MultiGauge.builder("longhaul.last.run")
			.description("1 for how the last run of a job ended, 0 for the others")
			.register(registry);
	}

	/** Takes in how runs ended before the program was started, in any order. */
	public void remember(List<RunRecord> before) {
		before.stream()
			.filter(run -> run.outcome().isOver())
			.sorted(Comparator.comparing(run -> run.id().askedAt()))
			.forEach(run -> ended.put(run.job(), run));
		showEnded();
	}

	@Override
	public void started(RunRecord run) {
		running.put(run.id(), run);
		showRunning();
	}

	@Override
	public void ended(RunRecord run) {
		running.remove(run.id());
		showRunning();
		ended.put(run.job(), run);
		showEnded();
		Instant started = run.started();
		if (started != null) {
			Timer.builder("longhaul.run")
				.description("How long runs took")
				.tags(tags(run).and("outcome", run.outcome().word()))
				.register(registry)
				.record(Duration.between(started, Objects.requireNonNull(run.ended())));
		}
		if (run.outcome() instanceof RunOutcome.Failed failed) {
			Counter.builder("longhaul.run.failures")
				.description("Runs that failed, by code")
				.tags(JOB, run.job().value(), "code", failed.code().name())
				.register(registry)
				.increment();
		}
		Optional.ofNullable(run.figures()).ifPresent(figures -> count(run.job(), figures));
	}

	/** Of each job, not of each run: there is no end to those. */
	private void count(JobName job, RunFigures figures) {
		figures.stores().forEach(use -> {
			calls(job, use, "a", use.classA());
			calls(job, use, "b", use.classB());
			calls(job, use, "c", use.classC());
			transfer(job, use, "sent", use.sent());
			transfer(job, use, "received", use.received());
		});
		figures.failures()
			.forEach((code, count) -> Counter.builder("longhaul.run.part.failures")
				.description("Parts of runs that failed, by code")
				.tags(JOB, job.value(), "code", code)
				.register(registry)
				.increment(count.doubleValue()));
	}

	private void calls(JobName job, StoreUse use, String callClass, long count) {
		Counter.builder("longhaul.run.store.calls")
			.description("Calls that runs made, by the class in which Backblaze bills them")
			.tags(JOB, job.value(), "target", use.target(), "class", callClass)
			.register(registry)
			.increment((double) count);
	}

	private void transfer(JobName job, StoreUse use, String direction, long bytes) {
		Counter.builder("longhaul.run.store.transfer")
			.description("Content of the requests of runs and of their answers")
			.baseUnit("bytes")
			.tags(JOB, job.value(), "target", use.target(), "direction", direction)
			.register(registry)
			.increment((double) bytes);
	}

	private synchronized void showRunning() {
		active.register(running.values().stream().map(run -> Row.of(tags(run), run, this::seconds)).toList(), true);
	}

	private double seconds(RunRecord run) {
		return Duration.between(Objects.requireNonNull(run.started()), clock.instant()).toMillis() / MILLIS;
	}

	private synchronized void showEnded() {
		last.register(ended.values().stream().flatMap(RunMeters::outcomes).toList(), true);
	}

	private static Stream<Row<?>> outcomes(RunRecord run) {
		return Arrays.stream(RunOutcome.Kind.values())
			.filter(kind -> kind != RunOutcome.Kind.WAITING && kind != RunOutcome.Kind.RUNNING)
			.map(kind -> Row.of(tags(run).and("outcome", kind.word()), (run.outcome().kind() == kind) ? 1 : 0));
	}

	/** A run whose job is not declared is of no kind. */
	private static Tags tags(RunRecord run) {
		return Tags.of(JOB, run.job().value(), "kind", (run.kind() != null) ? run.kind().word() : "none");
	}

}
