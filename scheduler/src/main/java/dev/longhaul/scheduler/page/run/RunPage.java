package dev.longhaul.scheduler.page.run;

import java.util.List;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.scheduler.page.Action;
import dev.longhaul.scheduler.page.Page;
import dev.longhaul.scheduler.page.Section;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job.
 *
 * @param failure null if it has none
 * @param actions cancel it, begin it again
 * @param live where events come from while it runs: each of type {@code run} carries what
 * {@code Pages.live(Frame, RunPage)} renders, each of type {@code log} what it renders of
 * lines, and one of type {@code end} says that the page is to be asked for again. Null
 * once it has ended
 */
public record RunPage(RunRow run, @Nullable Failure failure, List<Step> steps, List<VolumeProgress> volumes, RunLog log,
		List<Action> actions, @Nullable String live) implements Page {

	public RunPage {
		steps = List.copyOf(steps);
		volumes = List.copyOf(volumes);
		actions = List.copyOf(actions);
	}

	/**
	 * What a run failed with.
	 *
	 * @param hint the next step
	 */
	public record Failure(FailureCode code, String fact, String hint) {
	}

	@Override
	public String title() {
		return "Run of " + run.job();
	}

	@Override
	public Section section() {
		return Section.RUNS;
	}

	@Override
	public String json() {
		return "/api/v1/runs/" + run.id();
	}

}
