package dev.longhaul.scheduler.page.job;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import dev.longhaul.scheduler.page.Action;
import dev.longhaul.scheduler.page.Page;
import dev.longhaul.scheduler.page.Section;
import dev.longhaul.scheduler.page.run.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * One job.
 *
 * @param file where it is declared
 * @param yaml lines of its definition as it stands in Git
 * @param revision null if it is not declared in Git
 * @param zone in which its schedule is meant
 * @param next its next instants, ten at most
 * @param changes what would change if the newest revision were taken now, for people;
 * empty if it is in force
 * @param recent newest first
 */
public record JobPage(JobRow job, String file, List<String> yaml, @Nullable Revision revision, ZoneId zone,
		List<Instant> next, List<String> changes, List<RunRow> recent, List<Action> actions) implements Page {

	private static final int MOST_INSTANTS = 10;

	public JobPage {
		yaml = List.copyOf(yaml);
		next = next.stream().limit(MOST_INSTANTS).toList();
		changes = List.copyOf(changes);
		recent = List.copyOf(recent);
		actions = List.copyOf(actions);
	}

	@Override
	public String title() {
		return "Job " + job.name();
	}

	@Override
	public Section section() {
		return Section.JOBS;
	}

	@Override
	public String json() {
		return "/api/v1/jobs/" + job.name();
	}

}
