package dev.longhaul.scheduler.site;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.change.SuspendJob.Wanted;
import dev.longhaul.gitops.repository.CommitLinks;
import dev.longhaul.gitops.repository.InForce;
import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.page.Action;
import dev.longhaul.scheduler.page.Frame;
import dev.longhaul.scheduler.page.Link;
import dev.longhaul.scheduler.page.Page;
import dev.longhaul.scheduler.page.run.RunRow;
import dev.longhaul.scheduler.page.table.Query;
import dev.longhaul.scheduler.rest.CommitView;
import dev.longhaul.scheduler.rest.DefinitionsInForce;
import dev.longhaul.scheduler.rest.JobCommits;
import dev.longhaul.scheduler.run.RunFilter;
import dev.longhaul.scheduler.run.RunRecord;
import dev.longhaul.scheduler.run.Runs;
import dev.longhaul.scheduler.web.Afterwards;
import dev.longhaul.scheduler.web.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * {@code /jobs}: what Git declares, when it comes next, and the buttons to run, pause and
 * resume it.
 */
@Controller
public final class JobsSection {

	private static final String PATH = "/jobs";

	/** Of one job, on its page. */
	private static final int RECENT = 10;

	private final DefinitionsInForce definitions;

	private final Outlooks outlooks;

	private final Runs runs;

	private final JobCommits commits;

	private final CommitLinks links;

	public JobsSection(DefinitionsInForce definitions, Outlooks outlooks, Runs runs, JobCommits commits,
			CommitLinks links) {
		this.definitions = definitions;
		this.outlooks = outlooks;
		this.runs = runs;
		this.commits = commits;
		this.links = links;
	}

	@Needs(Scope.READ)
	@GetMapping(PATH)
	Page jobs(@RequestParam Map<String, String> parameters, Frame frame) {
		Outlook outlook = outlooks.at(frame.reader().now());
		return new JobsContent(outlook, links).jobs(definitions.get(), definitions.failure(), last(outlook.jobs()),
				Query.of(PATH, parameters));
	}

	/** Most jobs have run lately; only the others are asked for one by one. */
	private Map<JobName, RunRow> last(List<JobDefinition> jobs) {
		Map<JobName, RunRow> last = new HashMap<>();
		runs.list(RunFilter.ALL, null, Runs.MOST)
			.runs()
			.forEach(run -> last.computeIfAbsent(run.job(), job -> RunViews.row(run, null)));
		jobs.stream()
			.map(JobDefinition::name)
			.filter(job -> !last.containsKey(job))
			.forEach(job -> recent(job, 1).forEach(run -> last.put(job, run)));
		return last;
	}

	private List<RunRow> recent(JobName job, int most) {
		return runs.list(RunFilter.of(job), null, most).runs().stream().map(run -> RunViews.row(run, null)).toList();
	}

	@Needs(Scope.READ)
	@GetMapping(PATH + "/{name}")
	Page job(@PathVariable String name, Frame frame, Caller caller) {
		Outlook outlook = outlooks.at(frame.reader().now());
		InForce inForce = definitions.get().orElseThrow(() -> unknown(name));
		JobDefinition job = inForce.definitions().job(name(name)).orElseThrow(() -> unknown(name));
		return new JobsContent(outlook, links).job(job, inForce, recent(job.name(), RECENT),
				actions(job, new Offers(outlook, caller), caller), frame.reader().now());
	}

	private static List<Action> actions(JobDefinition job, Offers offers, Caller caller) {
		List<Action> actions = new ArrayList<>();
		offers.run(job).ifPresent(actions::add);
		if (caller.may(Scope.OPERATE)) {
			actions.add(job.trigger().suspended()
					? new Action("Resume", PATH + "/" + job.name() + "/resume",
							"A commit to Git lets it start again when it is due.")
					: new Action("Pause", PATH + "/" + job.name() + "/pause",
							"A commit to Git keeps it from starting by itself. A run that has begun goes on."));
		}
		return actions;
	}

	@Needs(Scope.OPERATE)
	@PostMapping(PATH + "/{name}/run")
	ResponseEntity<Void> run(@PathVariable String name, Caller caller, HttpServletRequest request,
			HttpServletResponse response) {
		JobName job = name(name);
		RunRecord run = runs.start(job, caller.name());
		AuditTrail.note(request, "run " + run.id());
		return Afterwards.see(PATH + "/" + job,
				"A run of %s was asked for. It begins as soon as nothing is in its way.".formatted(job),
				new Link("Watch it", "/runs/" + run.id()), request, response);
	}

	@Needs(Scope.OPERATE)
	@PostMapping(PATH + "/{name}/pause")
	ResponseEntity<Void> pause(@PathVariable String name, Caller caller, HttpServletRequest request,
			HttpServletResponse response) {
		return suspend(name(name), Wanted.PAUSED, "paused", caller, request, response);
	}

	@Needs(Scope.OPERATE)
	@PostMapping(PATH + "/{name}/resume")
	ResponseEntity<Void> resume(@PathVariable String name, Caller caller, HttpServletRequest request,
			HttpServletResponse response) {
		return suspend(name(name), Wanted.RUNNING, "resumed", caller, request, response);
	}

	private ResponseEntity<Void> suspend(JobName job, Wanted wanted, String done, Caller caller,
			HttpServletRequest request, HttpServletResponse response) {
		require(job);
		CommitView commit = commits.suspend(job, wanted, caller);
		AuditTrail.note(request, "commit " + commit.commit());
		String words = commit.files().isEmpty() ? "The newest revision has %s %s already.".formatted(job, done)
				: "Commit %.8s has %s %s. It is in force as soon as the server has read it, within a minute or so."
					.formatted(commit.commit(), done, job);
		return Afterwards.see(PATH + "/" + job, words, null, request, response);
	}

	private void require(JobName job) {
		Optional<JobDefinition> known = definitions.get().flatMap(now -> now.definitions().job(job));
		if (known.isEmpty()) {
			throw unknown(job.value());
		}
	}

	private static JobName name(String name) {
		try {
			return new JobName(name);
		}
		catch (IllegalArgumentException ex) {
			throw unknown(name);
		}
	}

	private static RefusedRequest unknown(String name) {
		return new RefusedRequest(FailureCode.NOT_FOUND, "no job '%s' is in force".formatted(name),
				"the page of jobs has those that are");
	}

}
