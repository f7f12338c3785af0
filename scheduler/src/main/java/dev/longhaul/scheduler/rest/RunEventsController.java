package dev.longhaul.scheduler.rest;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.live.Audience;
import dev.longhaul.scheduler.live.Message;
import dev.longhaul.scheduler.rest.RunView.FailureView;
import dev.longhaul.scheduler.run.RunEvent;
import dev.longhaul.scheduler.run.RunEvent.Body;
import dev.longhaul.scheduler.run.RunLine;
import dev.longhaul.scheduler.run.RunOutcome;
import dev.longhaul.scheduler.run.RunStep;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /api/v1/runs/{id}/events}: what happens in a run, while it happens.
 */
@RestController
public final class RunEventsController {

	private final Audience audience;

	private final JsonMapper json;

	public RunEventsController(Audience audience, JsonMapper json) {
		this.audience = audience;
		this.json = json;
	}

	/** Goes on after the last event that the caller has seen. */
	@Needs(Scope.READ)
	@GetMapping("/api/v1/runs/{id}/events")
	void events(@PathVariable String id,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId, Caller caller,
			HttpServletRequest request, HttpServletResponse response) throws IOException {
		audience.admit(request, response, caller, RunsController.id(id), Audience.after(lastEventId),
				event -> List.of(message(event)));
	}

	private Message message(RunEvent event) {
		return new Message(event.number(), word(event.body()), json.writeValueAsString(view(event)));
	}

	private static String word(Body body) {
		if (body instanceof Body.Said) {
			return "said";
		}
		if (body instanceof Body.Stepped) {
			return "stepped";
		}
		return (body instanceof Body.Progressed) ? "progressed" : "ended";
	}

	private static Object view(RunEvent event) {
		if (event.body() instanceof Body.Said said) {
			RunLine line = said.line();
			return new SaidView(line.at(), line.number(), line.level().name(), line.text());
		}
		if (event.body() instanceof Body.Progressed so) {
			return new ProgressedView(event.at(), so.subject(), so.work().word(), so.done(), so.of(), so.work().unit(),
					(so.bytes() > 0) ? so.bytes() : null);
		}
		if (event.body() instanceof Body.Stepped stepped) {
			return SteppedView.of(event.at(), stepped.step());
		}
		RunOutcome outcome = ((Body.Ended) event.body()).outcome();
		return new EndedView(event.at(), outcome.word(),
				(outcome instanceof RunOutcome.Cancelled cancelled) ? cancelled.who() : null, FailureView.of(outcome));
	}

	/**
	 * @param line its number in the log
	 */
	record SaidView(Instant at, int line, String level, String text) {
	}

	/**
	 * @param of zero if nobody knows yet
	 * @param bytes moved so far; null if nobody knows
	 */
	record ProgressedView(Instant at, String subject, String work, long done, long of, String unit,
			@Nullable Long bytes) {
	}

	/**
	 * @param subject null for the run as a whole
	 * @param note null if there is nothing to say
	 * @param bytes moved by it; null if none were, or nobody knows
	 */
	record SteppedView(Instant at, @Nullable String subject, String step, String state, @Nullable String note,
			@Nullable Long bytes) {

		static SteppedView of(Instant at, RunStep step) {
			return new SteppedView(at, step.subject().isEmpty() ? null : step.subject(), step.name(),
					step.state().name().toLowerCase(Locale.ROOT), step.note().isEmpty() ? null : step.note(),
					(step.bytes() > 0) ? step.bytes() : null);
		}

	}

	/**
	 * @param cancelledBy null if nobody has cancelled it
	 * @param failure null if it did not fail
	 */
	record EndedView(Instant at, String outcome, @Nullable String cancelledBy, @Nullable FailureView failure) {
	}

}
