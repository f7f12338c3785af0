package dev.longhaul.scheduler.rest;

import java.util.List;

import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.rest.Paging.Page;
import dev.longhaul.scheduler.retention.MadePlan;
import dev.longhaul.scheduler.retention.RetentionPlans;
import dev.longhaul.scheduler.retention.RetentionRuns;
import dev.longhaul.scheduler.web.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /api/v1/retention/plans}: what would stay and what would go, and having exactly
 * that done.
 */
@RestController
public final class RetentionController {

	private static final String PATH = "/api/v1/retention/plans";

	private final RetentionPlans plans;

	private final RetentionRuns runs;

	private final IdempotentCalls calls;

	private final JsonMapper json;

	public RetentionController(RetentionPlans plans, RetentionRuns runs, IdempotentCalls calls, JsonMapper json) {
		this.plans = plans;
		this.runs = runs;
		this.calls = calls;
		this.json = json;
	}

	/** The newest of each application; there are no more than applications. */
	@Needs(Scope.READ)
	@GetMapping(PATH)
	Page<RetentionPlanView> list() {
		return page(plans.newest());
	}

	/** Reads the bucket, so it is not for whoever may only look. */
	@Needs(Scope.OPERATE)
	@PostMapping(PATH)
	Page<RetentionPlanView> make(@RequestBody Wanted wanted) {
		String only = wanted.application();
		return page(plans.make((only != null) ? ApplicationsController.application(only) : null));
	}

	private static Page<RetentionPlanView> page(List<MadePlan> made) {
		return new Page<>(made.stream().map(RetentionPlanView::of).toList(), null);
	}

	@Needs(Scope.READ)
	@GetMapping(PATH + "/{hash}")
	RetentionPlanView.Details one(@PathVariable String hash) {
		return RetentionPlanView.Details.of(plans.find(hash).orElseThrow(() -> RetentionRuns.unknown(hash)));
	}

	/** What is removed is gone for good: no other call does such a thing. */
	@Needs(Scope.ADMIN)
	@PostMapping(PATH + "/{hash}/apply")
	ResponseEntity<byte[]> apply(@PathVariable String hash,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key, Caller caller,
			HttpServletRequest request) {
		ResponseEntity<byte[]> answer = calls.once(key, caller, "POST " + PATH + "/" + hash + "/apply",
				() -> RunView.of(runs.start(hash, caller.name())));
		return RunsController.accepted(answer, json, request);
	}

	/**
	 * @param application null for all
	 */
	record Wanted(@Nullable String application) {
	}

}
