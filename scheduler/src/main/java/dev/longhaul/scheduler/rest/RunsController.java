package dev.longhaul.scheduler.rest;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.rest.Paging.Page;
import dev.longhaul.scheduler.run.RunFilter;
import dev.longhaul.scheduler.run.RunId;
import dev.longhaul.scheduler.run.RunLine;
import dev.longhaul.scheduler.run.RunOutcome;
import dev.longhaul.scheduler.run.RunPage;
import dev.longhaul.scheduler.run.RunRecord;
import dev.longhaul.scheduler.run.Runs;
import dev.longhaul.scheduler.web.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /api/v1/runs}: what ran and what runs, newest first; starting and cancelling.
 */
@RestController
public final class RunsController {

	private static final String PATH = "/api/v1/runs";

	private final Runs runs;

	private final IdempotentCalls calls;

	private final JsonMapper json;

	public RunsController(Runs runs, IdempotentCalls calls, JsonMapper json) {
		this.runs = runs;
		this.calls = calls;
		this.json = json;
	}

	@Needs(Scope.READ)
	@GetMapping(PATH)
	Page<RunView> list(@RequestParam(required = false) @Nullable String job,
			@RequestParam(required = false) @Nullable String outcome,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Integer limit) {
		Paging paging = Paging.of(cursor, limit);
		RunPage page = runs.list(new RunFilter((job != null) ? job(job) : null, outcomes(outcome)), before(paging),
				paging.limit());
		return Paging.page(page.runs().stream().map(RunView::of).toList(),
				(page.next() != null) ? page.next().value() : null);
	}

	private static Set<RunOutcome.Kind> outcomes(@Nullable String outcome) {
		if (outcome == null) {
			return Set.of();
		}
		return Arrays.stream(RunOutcome.Kind.values())
			.filter(kind -> kind.word().equals(outcome))
			.findFirst()
			.map(Set::of)
			.orElseThrow(() -> new RefusedRequest(FailureCode.INVALID_USAGE, "no run ends or is 'outcome'",
					"it is one of " + words()));
	}

	private static String words() {
		return Arrays.stream(RunOutcome.Kind.values()).map(RunOutcome.Kind::word).collect(Collectors.joining(", "));
	}

	private static @Nullable RunId before(Paging paging) {
		try {
			return paging.after().isEmpty() ? null : new RunId(paging.after());
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "this 'cursor' is none",
					"leave it out to begin with the newest", ex);
		}
	}

	@Needs(Scope.READ)
	@GetMapping(PATH + "/{id}")
	RunView one(@PathVariable String id) {
		return RunView.of(find(id));
	}

	/** It begins when fewer than the configured number of runs are under way. */
	@Needs(Scope.OPERATE)
	@PostMapping(PATH)
	ResponseEntity<byte[]> start(@RequestBody WantedRun wanted,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key, Caller caller,
			HttpServletRequest request) {
		JobName job = job(String.valueOf(wanted.job()));
		ResponseEntity<byte[]> answer = calls.once(key, caller, "POST " + PATH + " " + job,
				() -> RunView.of(runs.start(job, caller.name())));
		return accepted(answer, json, request);
	}

	/**
	 * That a run was started, and where to look.
	 * @param answer with the run
	 */
	static ResponseEntity<byte[]> accepted(ResponseEntity<byte[]> answer, JsonMapper json, HttpServletRequest request) {
		byte[] body = answer.getBody();
		String id = json.readTree(body).path("id").asString();
		AuditTrail.note(request, "run " + id);
		return ResponseEntity.accepted().headers(answer.getHeaders()).location(URI.create(PATH + "/" + id)).body(body);
	}

	/** It ends in order, soon: what is quiet is released first. */
	@Needs(Scope.OPERATE)
	@PostMapping(PATH + "/{id}/cancel")
	ResponseEntity<RunView> cancel(@PathVariable String id, Caller caller, HttpServletRequest request) {
		RunRecord run = runs.cancel(find(id).id(), caller.name());
		AuditTrail.note(request, "run " + run.id());
		return ResponseEntity.accepted().location(URI.create(PATH + "/" + run.id())).body(RunView.of(run));
	}

	@Needs(Scope.READ)
	@GetMapping(PATH + "/{id}/log")
	LogView log(@PathVariable String id, @RequestParam(defaultValue = "1") int from,
			@RequestParam(required = false) @Nullable Integer limit) {
		int most = Paging.of(null, limit).limit();
		List<LineView> lines = runs.lines(find(id).id(), Math.max(1, from), most).stream().map(LineView::of).toList();
		return new LogView(lines, (lines.size() == most) ? lines.get(most - 1).number() + 1 : null);
	}

	private RunRecord find(String id) {
		return runs.find(id(id)).orElseThrow(() -> unknown(id));
	}

	/**
	 * @throws RefusedRequest if no run has such an id
	 */
	static RunId id(String id) {
		try {
			return new RunId(id);
		}
		catch (IllegalArgumentException ex) {
			throw unknown(id);
		}
	}

	private static RefusedRequest unknown(String id) {
		return new RefusedRequest(FailureCode.RUN_NOT_FOUND, "there is no run '%s'".formatted(id),
				"GET /api/v1/runs lists those that are remembered");
	}

	private static JobName job(String name) {
		try {
			return new JobName(name);
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedRequest(FailureCode.JOB_NOT_FOUND, "there is no job '%s'".formatted(name),
					"GET /api/v1/jobs lists them", ex);
		}
	}

	/**
	 * @param job its name
	 */
	record WantedRun(@Nullable String job) {
	}

	/**
	 * @param next the number of the first line after these; null if there may be none yet
	 */
	record LogView(List<LineView> items, @Nullable Integer next) {
	}

	record LineView(int number, Instant at, String level, String text) {

		static LineView of(RunLine line) {
			return new LineView(line.number(), line.at(), line.level().name(), line.text());
		}

	}

}
