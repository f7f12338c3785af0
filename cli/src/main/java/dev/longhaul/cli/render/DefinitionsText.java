package dev.longhaul.cli.render;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.job.CronSchedule;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.job.Start;
import dev.longhaul.core.text.Printable;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.gitops.definition.ReadResult;
import dev.longhaul.gitops.form.Problem;
import dev.longhaul.gitops.schedule.Recurrence;

/**
 * What came of reading definitions, for people.
 */
public final class DefinitionsText {

	private static final int NEXT = 3;

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ENGLISH);

	private final Style style;

	private final int width;

	/**
	 * @param width of the terminal; 0 if lines may have any length
	 */
	public DefinitionsText(Style style, int width) {
		this.style = style;
		this.width = width;
	}

	/** What is declared, and when each job comes due next. */
	public String sound(Definitions definitions, Instant now) {
		StringBuilder text = new StringBuilder();
		text.append(style.good("●"))
			.append(' ')
			.append(Counts.of(definitions.applications().size(), "application"))
			.append(", ")
			.append(Counts.of(definitions.jobs().size(), "job"))
			.append(": all sound\n");
		Table table = new Table();
		definitions.jobs().forEach(job -> table.add(row(job, now)));
		table.lines("  ", width).forEach(line -> text.append(line).append('\n'));
		return text.toString();
	}

	private Cell[] row(JobDefinition job, Instant now) {
		Cell name = Cell.painted(job.name().value(), style::strong);
		Cell kind = Cell.left(job.getClass().getSimpleName());
		if (job.trigger().start() instanceof Start.After after) {
			return new Cell[] { name, kind, Cell.left("after " + after.job()), Cell.left(suspended(job, "")) };
		}
		CronSchedule schedule = ((Start.OnSchedule) job.trigger().start()).schedule();
		return new Cell[] { name, kind, Cell.left(schedule.toString()),
				Cell.left(suspended(job, "next " + next(schedule, now))) };
	}

	private static String suspended(JobDefinition job, String otherwise) {
		return job.trigger().suspended() ? "suspended" : otherwise;
	}

	private static String next(CronSchedule schedule, Instant now) {
		return Recurrence.of(schedule)
			.next(now, NEXT)
			.stream()
			.map(due -> TIME.format(due.atZone(schedule.zone())))
			.collect(Collectors.joining(", "));
	}

	/** Each problem as compilers print theirs, so that editors find the place. */
	public static String refused(ReadResult.Refused refused) {
		List<Problem> problems = refused.problems();
		StringBuilder text = new StringBuilder();
		for (Problem problem : problems) {
			text.append(Printable.of(problem.position() + ": " + problem.fact())).append('\n');
			text.append("  ").append(Printable.of(problem.hint())).append('\n');
		}
		return text.append(Counts.of(problems.size(), "problem"))
			.append(": nothing of this would come into force, and what is in force would stay\n")
			.toString();
	}

}
