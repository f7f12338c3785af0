package dev.longhaul.cli.render;

import java.util.List;
import java.util.stream.Collectors;

import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.server.Fields;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.text.Printable;

/**
 * Jobs, as a server tells them, for people.
 */
public final class JobsText {

	private final Page page;

	private final Style style;

	public JobsText(Page page) {
		this.page = page;
		this.style = page.style();
	}

	/** One row for each. */
	public String list(List<Fields> jobs) {
		if (jobs.isEmpty()) {
			return "no job is declared; 'longhaul gitops init' begins a repository of them\n";
		}
		Table table = new Table();
		jobs.forEach(job -> table.add(Cell.painted(job.text("name"), style::strong), Cell.left(job.text("kind")),
				Cell.left(when(job)), next(job)));
		return table.text("", page.width());
	}

	/** With the runs to come, and the commit that declares it. */
	public String one(Fields job) {
		StringBuilder text = new StringBuilder(list(List.of(job)));
		Table table = new Table();
		table.add(Cell.left("applications"),
				Cell.left(job.texts("applications").isEmpty() ? "all" : String.join(", ", job.texts("applications"))));
		table.add(Cell.left("misfire"), Cell.left(job.text("misfire")));
		job.objects("next")
			.forEach(next -> table.add(Cell.left("next"), Cell.left(String.valueOf(next.instant("scheduledFor"))),
					Cell.left(page.times().of(next.instant("start")))));
		Fields revision = job.object("revision");
		if (revision != null) {
			table.add(Cell.left("commit"), Cell.left(revision.text("commit")),
					Cell.left(revision.text("author") + ", " + page.times().of(revision.instant("committedAt"))),
					Cell.left(revision.text("subject")));
		}
		return text.append(table.text("  ", page.width())).toString();
	}

	/** What a change of it came to. */
	public String commit(Fields commit) {
		String summary = switch (commit.text("outcome")) {
			case "unchanged" -> "nothing to change: it is so already in ";
			default -> "pushed as ";
		};
		String diff = commit.objects("files")
			.stream()
			.flatMap(file -> file.text("diff").lines())
			.map(line -> WriteText.painted(style, Printable.of(line)) + "\n")
			.collect(Collectors.joining());
		return "%s %s%s%n%s".formatted(style.good("●"), summary, Printable.of(commit.text("commit")),
				diff.isEmpty() ? "" : "\n" + diff);
	}

	private static String when(Fields job) {
		String after = job.textOrEmpty("after");
		return after.isEmpty() ? (job.textOrEmpty("schedule") + " " + job.textOrEmpty("timeZone")).strip()
				: "after " + after;
	}

	private Cell next(Fields job) {
		if (job.isSet("suspended")) {
			return Cell.painted("paused", style::uncertain);
		}
		List<Fields> next = job.objects("next");
		return Cell.left(next.isEmpty() ? "" : "next " + page.times().of(next.get(0).instant("start")));
	}

}
