package dev.longhaul.scheduler.trace;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import dev.longhaul.scheduler.credential.SecretFile;
import dev.longhaul.scheduler.run.RunFigures;
import dev.longhaul.scheduler.run.RunObserver;
import dev.longhaul.scheduler.run.RunOutcome;
import dev.longhaul.scheduler.run.RunRecord;
import dev.longhaul.scheduler.run.RunStep;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Makes a trace of every run that was carried out, once it is over and out of what is
 * recorded of it: one span for the run, below it one for each application, and below that
 * one for each step. The id of the trace is that of the run. A receiver that is slow or
 * away loses traces, and holds up nothing.
 */
public final class RunTraces implements RunObserver, AutoCloseable {

	private static final Duration CONNECT = Duration.ofSeconds(3);

	private static final Duration SEND = Duration.ofSeconds(10);

	private static final Duration COLLECT = Duration.ofSeconds(1);

	/**
	 * Of spans, until the receiver takes them: more than a night of a hundred
	 * applications.
	 */
	private static final int MOST_WAITING = 2048;

	/** At the end of the program, for what was not sent yet. */
	private static final Duration LAST = Duration.ofSeconds(3);

	private final Function<RunRecord, List<RunStep>> steps;

	private final RunTraceIds ids = new RunTraceIds();

	private final SdkTracerProvider provider;

	private final Tracer tracer;

	/**
	 * @param endpoint where traces are received by OTLP over HTTP, with its path
	 * @param token sent as a bearer token; null for none
	 * @param steps of a run that is over
	 */
	public RunTraces(URI endpoint, @Nullable SecretFile token, Function<RunRecord, List<RunStep>> steps) {
		this.steps = steps;
		OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
			.setEndpoint(endpoint.toString())
			.setConnectTimeout(CONNECT)
			.setTimeout(SEND);
		if (token != null) {
			exporter.setHeaders(() -> Map.of("Authorization", "Bearer " + token.read()));
		}
		this.provider = SdkTracerProvider.builder()
			.setIdGenerator(ids)
			.setResource(Resource.builder().put("service.name", "longhaul").build())
			.addSpanProcessor(BatchSpanProcessor.builder(exporter.build())
				.setMaxQueueSize(MOST_WAITING)
				.setScheduleDelay(COLLECT)
				.setExporterTimeout(SEND)
				.build())
			.build();
		this.tracer = provider.get("dev.longhaul.scheduler");
	}

	@Override
	public void ended(RunRecord run) {
		Instant started = run.started();
		Instant ended = run.ended();
		if (started != null && ended != null) {
			List<RunStep> done = steps.apply(run).stream().filter(step -> step.started() != null).toList();
			ids.during(run.id(), () -> trace(run, done, started, ended));
		}
	}

	private void trace(RunRecord run, List<RunStep> done, Instant started, Instant ended) {
		Span whole = span("run " + run.job(), Context.root(), started);
		describe(whole, run);
		Context within = Context.root().with(whole);
		Map<String, List<RunStep>> bySubject = new LinkedHashMap<>();
		done.forEach(step -> bySubject.computeIfAbsent(step.subject(), subject -> new ArrayList<>()).add(step));
		bySubject.forEach((subject, own) -> traceSubject(subject, own, within, ended));
		whole.end(ended);
	}

	private void traceSubject(String subject, List<RunStep> own, Context within, Instant over) {
		if (subject.isEmpty()) {
			own.forEach(step -> trace(step, within, over));
			return;
		}
		Span span = span(subject, within,
				own.stream().map(RunTraces::start).min(Comparator.naturalOrder()).orElse(over));
		span.setAttribute("longhaul.application", subject);
		own.forEach(step -> trace(step, within.with(span), over));
		span.end(own.stream().map(step -> end(step, over)).max(Comparator.naturalOrder()).orElse(over));
	}

	private void trace(RunStep step, Context within, Instant over) {
		Span span = span(step.name(), within, start(step));
		span.setAttribute("longhaul.step.state", word(step.state()));
		if (step.bytes() > 0) {
			span.setAttribute("longhaul.bytes", step.bytes());
		}
		if (step.state() == RunStep.State.FAILED) {
			span.setStatus(StatusCode.ERROR);
		}
		span.end(end(step, over));
	}

	private Span span(String name, Context within, Instant start) {
		return tracer.spanBuilder(name).setParent(within).setStartTimestamp(start).startSpan();
	}

	/**
	 * Facts are for people, and come out of clusters and buckets: only codes leave with a
	 * trace.
	 */
	private static void describe(Span span, RunRecord run) {
		span.setAttribute("longhaul.run.id", run.id().value());
		span.setAttribute("longhaul.job", run.job().value());
		span.setAttribute("longhaul.run.attempt", run.attempt());
		span.setAttribute("longhaul.run.outcome", run.outcome().word());
		if (run.outcome() instanceof RunOutcome.Failed failed) {
			span.setAttribute("error.type", failed.code().name());
			span.setStatus(StatusCode.ERROR, failed.code().name());
		}
		else if (run.outcome() instanceof RunOutcome.Unproven) {
			span.setStatus(StatusCode.ERROR);
		}
		RunFigures figures = run.figures();
		if (figures != null) {
			figures.stores().forEach(store -> describe(span, store));
		}
	}

	private static void describe(Span span, RunFigures.StoreUse store) {
		String target = "longhaul.store." + store.target();
		span.setAttribute(target + ".calls.a", store.classA());
		span.setAttribute(target + ".calls.b", store.classB());
		span.setAttribute(target + ".calls.c", store.classC());
		span.setAttribute(target + ".sent", store.sent());
		span.setAttribute(target + ".received", store.received());
	}

	private static String word(RunStep.State state) {
		return state.name().toLowerCase(Locale.ROOT);
	}

	private static Instant start(RunStep step) {
		return Objects.requireNonNull(step.started());
	}

	private static Instant end(RunStep step, Instant over) {
		return Objects.requireNonNullElse(step.ended(), over);
	}

	/** Sends what was not sent yet, for a few seconds at most. */
	@Override
	public void close() {
		provider.shutdown().join(LAST.toMillis(), TimeUnit.MILLISECONDS);
	}

}
