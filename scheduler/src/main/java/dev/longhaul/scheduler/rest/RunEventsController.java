package dev.longhaul.scheduler.rest;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.live.Audience;
import dev.longhaul.scheduler.live.Message;
import dev.longhaul.scheduler.rest.RunView.FailureView;
import dev.longhaul.scheduler.run.RunEvent;
import dev.longhaul.scheduler.run.RunEvent.Body;
import dev.longhaul.scheduler.run.RunId;
import dev.longhaul.scheduler.run.RunLine;
import dev.longhaul.scheduler.run.RunOutcome;
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
		audience.admit(request, response, caller, run(id), after(lastEventId), event -> List.of(message(event)));
	}

	private static RunId run(String id) {
		try {
			return new RunId(id);
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedRequest(FailureCode.RUN_NOT_FOUND, "there is no run '%s'".formatted(id),
					"GET /api/v1/runs lists those that are remembered", ex);
		}
	}

	private static long after(@Nullable String lastEventId) {
		if (lastEventId == null || lastEventId.isEmpty()) {
			return 1;
		}
		if (!lastEventId.matches("[0-9]{1,18}")) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "this 'Last-Event-ID' is none of ours",
					"send the 'id' of the last event, or leave it out to hear what is still known");
		}
		return Long.parseLong(lastEventId) + 1;
	}

	private Message message(RunEvent event) {
		return new Message(event.number(), word(event.body()), json.writeValueAsString(view(event)));
	}

	private static String word(Body body) {
		if (body instanceof Body.Said) {
			return "said";
		}
		return (body instanceof Body.Progressed) ? "progressed" : "ended";
	}

	private static Object view(RunEvent event) {
		if (event.body() instanceof Body.Said said) {
			RunLine line = said.line();
			return new SaidView(line.at(), line.number(), line.level().name(), line.text());
		}
		if (event.body() instanceof Body.Progressed so) {
			return new ProgressedView(event.at(), so.subject(), so.work().word(), so.done(), so.of(), so.work().unit());
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
	 */
	record ProgressedView(Instant at, String subject, String work, long done, long of, String unit) {
	}

	/**
	 * @param cancelledBy null if nobody has cancelled it
	 * @param failure null if it did not fail
	 */
	record EndedView(Instant at, String outcome, @Nullable String cancelledBy, @Nullable FailureView failure) {
	}

}
