package dev.longhaul.scheduler.site;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.live.Audience;
import dev.longhaul.scheduler.page.Action;
import dev.longhaul.scheduler.page.Frame;
import dev.longhaul.scheduler.page.Pages;
import dev.longhaul.scheduler.page.run.RunLog;
import dev.longhaul.scheduler.page.run.RunPage;
import dev.longhaul.scheduler.page.run.RunRow;
import dev.longhaul.scheduler.page.run.RunsPage;
import dev.longhaul.scheduler.page.table.Query;
import dev.longhaul.scheduler.run.RunFilter;
import dev.longhaul.scheduler.run.RunId;
import dev.longhaul.scheduler.run.RunRecord;
import dev.longhaul.scheduler.run.Runs;
import dev.longhaul.scheduler.web.Afterwards;
import dev.longhaul.scheduler.web.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * {@code /runs}: what ran and what runs, and each of them while it runs.
 */
@Controller
public final class RunsSection {

	private static final String PATH = "/runs";

	/** On one page. */
	private static final int PER_PAGE = 100;

	/** Of a page of which only the rest is looked at. */
	private static final RunLog UNSEEN = new RunLog(List.of(), "", 0);

	private final Runs runs;

	private final Audience audience;

	private final Pages pages;

	private final Outlooks outlooks;

	private final Clock clock;

	public RunsSection(Runs runs, Audience audience, Pages pages, Outlooks outlooks, Clock clock) {
		this.runs = runs;
		this.audience = audience;
		this.pages = pages;
		this.outlooks = outlooks;
		this.clock = clock;
	}

	@Needs(Scope.READ)
	@GetMapping(PATH)
	RunsPage list(@RequestParam Map<String, String> parameters, Caller caller) {
		RunId before = Optional.ofNullable(parameters.get("before")).map(RunsSection::id).orElse(null);
		dev.longhaul.scheduler.run.RunPage found = runs.list(RunFilter.ALL, before, PER_PAGE);
		Map<RunId, Long> moved = runs.moved(found.runs().stream().map(RunRecord::id).toList());
		List<RunRow> rows = found.runs().stream().map(run -> RunViews.row(run, moved.get(run.id()))).toList();
		RunId next = found.next();
		return new RunsPage(RunsPage.table(rows, Query.of(page(before), parameters)), (before != null) ? PATH : null,
				(next != null) ? page(next) : null, offers(caller).runs());
	}

	private static String page(@Nullable RunId before) {
		return (before != null) ? PATH + "?before=" + before : PATH;
	}

	private Offers offers(Caller caller) {
		return new Offers(outlooks.at(clock.instant()), caller);
	}

	@Needs(Scope.READ)
	@GetMapping(PATH + "/{id}")
	RunPage one(@PathVariable String id, @RequestParam(required = false) @Nullable String q,
			@RequestParam(required = false) @Nullable String line, Caller caller) {
		RunRecord run = find(id);
		return page(run, LogExcerpt.of(q, line).of(runs.log(run.id())), caller);
	}

	private RunPage page(RunRecord run, RunLog log, Caller caller) {
		Long moved = runs.moved(List.of(run.id())).get(run.id());
		return new RunPage(RunViews.row(run, moved), RunViews.failure(run), RunViews.steps(runs.steps(run)),
				RunViews.volumes(runs.moving(run.id())), log, actions(run, caller),
				run.outcome().isOver() ? null : "%s/%s/live?after=%d".formatted(PATH, run.id(), log.total()));
	}

	private List<Action> actions(RunRecord run, Caller caller) {
		if (run.outcome().isOver()) {
			return offers(caller).run(run.job());
		}
		return caller.may(Scope.OPERATE)
				? List.of(new Action("Cancel", PATH + "/" + run.id() + "/cancel", RunViews.consequence(run)))
				: List.of();
	}

	/** Fragments of the page, as its script takes them. */
	@Needs(Scope.READ)
	@GetMapping(PATH + "/{id}/live")
	void live(@PathVariable String id, @RequestParam(defaultValue = "0") int after,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId, Frame frame,
			Caller caller, HttpServletRequest request, HttpServletResponse response) throws IOException {
		RunId run = find(id).id();
		LiveRun story = new LiveRun(pages, frame, clock, () -> page(find(id), UNSEEN, caller),
				(first, last) -> runs.lines(run, first, Math.min(Runs.MOST, last - first + 1)), after);
		audience.admit(request, response, caller, run, Audience.after(lastEventId), story);
	}

	@Needs(Scope.OPERATE)
	@PostMapping(PATH + "/{id}/cancel")
	ResponseEntity<Void> cancel(@PathVariable String id, Caller caller, HttpServletRequest request,
			HttpServletResponse response) {
		RunRecord run = runs.cancel(find(id).id(), caller.name());
		AuditTrail.note(request, "run " + run.id());
		return Afterwards.see(PATH + "/" + run.id(), "The run is told to end; it does so in order, soon.", null,
				request, response);
	}

	private RunRecord find(String id) {
		return runs.find(id(id)).orElseThrow(() -> unknown(id));
	}

	private static RunId id(String id) {
		try {
			return new RunId(id);
		}
		catch (IllegalArgumentException ex) {
			throw unknown(id);
		}
	}

	private static RefusedRequest unknown(String id) {
		return new RefusedRequest(FailureCode.RUN_NOT_FOUND, "there is no run '%s'".formatted(id),
				"the list of runs has those that are remembered");
	}

}
