package dev.longhaul.scheduler.rest;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.change.JobDocument;
import dev.longhaul.gitops.change.RepositoryChange;
import dev.longhaul.gitops.change.SuspendJob;
import dev.longhaul.gitops.change.SuspendJob.Wanted;
import dev.longhaul.gitops.repository.CommitLinks;
import dev.longhaul.gitops.repository.InForce;
import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.rest.Paging.Page;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/v1/jobs}: what Git declares. Every change is a commit there, and is in
 * force once the server has read it.
 */
@RestController
public final class JobsController {

	private static final String PATH = "/api/v1/jobs";

	/** Of one job's next runs. */
	private static final int INSTANTS = 10;

	private final DefinitionsInForce inForce;

	private final JobCommits commits;

	private final CommitLinks links;

	private final IdempotentCalls calls;

	private final Clock clock;

	public JobsController(DefinitionsInForce inForce, JobCommits commits, CommitLinks links, IdempotentCalls calls,
			Clock clock) {
		this.inForce = inForce;
		this.commits = commits;
		this.links = links;
		this.calls = calls;
		this.clock = clock;
	}

	@Needs(Scope.READ)
	@GetMapping(PATH)
	ResponseEntity<Page<JobView>> list(@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Integer limit) {
		InForce now = inForce();
		Page<JobView> page = Paging.of(cursor, limit)
			.page((after, most) -> after(now, after, most), job -> job.name().value(),
					job -> JobView.of(job, now, 1, clock.instant(), links, null));
		return ResponseEntity.ok().eTag(now.revision().id()).cacheControl(Caching.ASK_AGAIN).body(page);
	}

	private static List<JobDefinition> after(InForce inForce, String name, int most) {
		return inForce.definitions()
			.jobs()
			.stream()
			.sorted(Comparator.comparing(job -> job.name().value()))
			.filter(job -> job.name().value().compareTo(name) > 0)
			.limit(most)
			.toList();
	}

	@Needs(Scope.READ)
	@GetMapping(PATH + "/{name}")
	ResponseEntity<JobView> one(@PathVariable String name) {
		InForce now = inForce();
		JobDefinition job = job(now, name(name));
		JobDocument document = JobDocument.find(now.files(), job.name()).orElse(null);
		return ResponseEntity.ok()
			.eTag(now.revision().id())
			.cacheControl(Caching.ASK_AGAIN)
			.body(JobView.of(job, now, INSTANTS, clock.instant(), links, document));
	}

	@Needs(Scope.OPERATE)
	@PutMapping(PATH + "/{name}")
	ResponseEntity<byte[]> put(@PathVariable String name, @RequestBody JobChange change,
			@RequestHeader HttpHeaders headers, Caller caller, HttpServletRequest request) {
		JobName job = name(name);
		return once(headers, caller, request, change, () -> commits.put(job, change, expected(job, headers), caller));
	}

	@Needs(Scope.OPERATE)
	@PostMapping(PATH + "/{name}/pause")
	ResponseEntity<byte[]> pause(@PathVariable String name, @RequestBody(required = false) @Nullable Why why,
			@RequestHeader HttpHeaders headers, Caller caller, HttpServletRequest request) {
		return suspend(name, Wanted.PAUSED, why, headers, caller, request);
	}

	@Needs(Scope.OPERATE)
	@PostMapping(PATH + "/{name}/resume")
	ResponseEntity<byte[]> resume(@PathVariable String name, @RequestBody(required = false) @Nullable Why why,
			@RequestHeader HttpHeaders headers, Caller caller, HttpServletRequest request) {
		return suspend(name, Wanted.RUNNING, why, headers, caller, request);
	}

	private ResponseEntity<byte[]> suspend(String name, Wanted wanted, @Nullable Why why, HttpHeaders headers,
			Caller caller, HttpServletRequest request) {
		JobName job = name(name);
		String reason = (why != null && why.reason() != null) ? why.reason() : "";
		RepositoryChange change = new SuspendJob(job, wanted);
		return once(headers, caller, request, reason, () -> {
			job(inForce(), job);
			return commits.change(change, reason, expected(job, headers), caller);
		});
	}

	private ResponseEntity<byte[]> once(HttpHeaders headers, Caller caller, HttpServletRequest request, Object body,
			Supplier<CommitView> call) {
		String what = request.getMethod() + " " + request.getRequestURI() + " " + headers.getFirst(HttpHeaders.IF_MATCH)
				+ " " + body;
		return calls.once(headers.getFirst("Idempotency-Key"), caller, what, call);
	}

	/** Nothing is expected of whoever does not say what they have seen. */
	private Expected expected(JobName job, HttpHeaders headers) {
		String seen = headers.getFirst(HttpHeaders.IF_MATCH);
		return (seen != null) ? Expected.of(job, seen, inForce()) : Expected.ANYTHING;
	}

	private InForce inForce() {
		return inForce.get()
			.orElseThrow(() -> new TransientFailure(FailureCode.GIT_UNREACHABLE,
					"the definitions in Git could not be read yet", "the server's log says why; it tries again"));
	}

	private static JobName name(String name) {
		try {
			return new JobName(name);
		}
		catch (IllegalArgumentException ex) {
			throw unknown(name);
		}
	}

	private static JobDefinition job(InForce inForce, JobName name) {
		return inForce.definitions().job(name).orElseThrow(() -> unknown(name.value()));
	}

	private static RefusedRequest unknown(String name) {
		return new RefusedRequest(FailureCode.NOT_FOUND, "no job '%s' is in force".formatted(name),
				"GET /api/v1/jobs lists them");
	}

	/**
	 * @param reason for whoever reads the history of the repository; null for none
	 */
	record Why(@Nullable String reason) {
	}

}
