package dev.longhaul.cli.render;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.server.Fields;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.text.Spans;
import org.jspecify.annotations.Nullable;

/**
 * Runs, as a server tells them, for people.
 */
public final class RunsText {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

	private final Page page;

	private final Style style;

	public RunsText(Page page) {
		this.page = page;
		this.style = page.style();
	}

	/** One row for each. */
	public String list(List<Fields> runs) {
		if (runs.isEmpty()) {
			return "no such run is remembered\n";
		}
		Table table = new Table();
		runs.forEach(run -> table.add(outcome(run), Cell.painted(run.text("job"), style::strong), Cell.left(begun(run)),
				Cell.left(lasted(run)), Cell.left(cause(run)), Cell.left(run.text("id"))));
		return table.text("", page.width());
	}

	/** With why it has failed. */
	public String one(Fields run) {
		String text = list(List.of(run))
				+ "  %s %s, attempt %d, for %s%n".formatted(Printable.of(run.textOrEmpty("kind")),
						Printable.of(run.text("job")), run.number("attempt"), Printable.of(run.text("scheduledFor")));
		Fields failure = run.object("failure");
		if (failure == null) {
			return text;
		}
		return text + "  %s   [%s]%n  hint: %s%n".formatted(style.bad(Printable.of(failure.text("fact"))),
				Printable.of(failure.text("code")), Printable.of(failure.text("hint")));
	}

	/** A line of its log. */
	public String line(Fields line) {
		Instant at = line.instant("at");
		String text = Printable.of(line.text("text"));
		return "%s  %s%n".formatted((at != null) ? TIME.format(at) : "", switch (line.textOrEmpty("level")) {
			case "WARN" -> style.uncertain(text);
			case "ERROR" -> style.bad(text);
			default -> text;
		});
	}

	private Cell outcome(Fields run) {
		String word = run.text("outcome");
		return switch (word) {
			case "proven" -> Cell.painted("● " + word, style::good);
			case "unproven", "failed" -> Cell.painted("✕ " + word, style::bad);
			default -> Cell.painted("◌ " + word, style::uncertain);
		};
	}

	private String begun(Fields run) {
		Instant started = run.instant("startedAt");
		return (started != null) ? page.times().of(started) : "asked for " + page.times().of(run.instant("askedAt"));
	}

	private String lasted(Fields run) {
		Instant started = run.instant("startedAt");
		Instant ended = run.instant("endedAt");
		if (started == null) {
			return "";
		}
		Duration span = Duration.between(started, (ended != null) ? ended : page.times().now());
		return (ended != null) ? "took " + Spans.of(span) : "for " + Spans.coarse(span);
	}

	private static String cause(Fields run) {
		String cancelled = run.textOrEmpty("cancelledBy");
		return begunBy(run.object("cause")) + (cancelled.isEmpty() ? "" : ", cancelled by " + cancelled);
	}

	private static String begunBy(@Nullable Fields cause) {
		if (cause == null) {
			return "";
		}
		String by = cause.textOrEmpty("by");
		return switch (cause.text("kind")) {
			case "clock" -> "by the clock";
			case "caught-up" -> "caught up";
			case "after" -> "after " + by;
			case "by-hand" -> "by " + by;
			default -> cause.text("kind");
		};
	}

}
