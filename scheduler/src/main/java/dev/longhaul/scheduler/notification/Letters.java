package dev.longhaul.scheduler.notification;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.longhaul.core.run.Night;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.text.Spans;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.scheduler.wording.VerdictTable;
import dev.longhaul.scheduler.wording.VerdictTable.Row;
import dev.longhaul.scheduler.wording.Wording;

/**
 * Puts occasions into words. Names and evidence come out of buckets and clusters that
 * others write to: they are made harmless and short.
 */
final class Letters {

	/** Of a table; the rest is counted. What fails comes first. */
	static final int MOST_ROWS = 50;

	/** Of one line of a table or of a fact. */
	static final int LONGEST_LINE = 400;

	private final Wording wording;

	private final VerdictTable table;

	private final HtmlTable html;

	Letters(Wording wording) {
		this.wording = wording;
		this.table = new VerdictTable(wording);
		this.html = new HtmlTable(table);
	}

	Message write(UUID id, Occasion occasion, Instant now) {
		if (occasion instanceof Occasion.RunStarted started) {
			return plain(id, occasion, Urgency.LOW, now, title(started.run()) + " started", List.of(), started.run(),
					"");
		}
		if (occasion instanceof Occasion.RunSucceeded succeeded) {
			String subject = "%s %s succeeded in %s".formatted(Answer.HOLDS.symbol(), title(succeeded.run()),
					Spans.coarse(succeeded.took()));
			return plain(id, occasion, Urgency.LOW, now, subject, succeeded.log().lines(), succeeded.run(), "");
		}
		if (occasion instanceof Occasion.RunFailed failed) {
			return failure(id, failed, now);
		}
		if (occasion instanceof Occasion.VerdictChanged changed) {
			return change(id, changed, now);
		}
		if (occasion instanceof Occasion.KitOutdated outdated) {
			return kit(id, outdated, now);
		}
		if (occasion instanceof Occasion.Digest digest) {
			return digest(id, digest, now);
		}
		return new Message(id, occasion.event(), Urgency.NORMAL, now, "A test of Longhaul's notifications",
				"This channel works.", HtmlTable.page("This channel works.", ""), null, "");
	}

	private Message plain(UUID id, Occasion occasion, Urgency urgency, Instant now, String subject, List<String> lines,
			Night run, String code) {
		String log = String.join("\n", lines);
		return new Message(id, occasion.event(), urgency, now, subject, lines.isEmpty() ? subject : log,
				HtmlTable.page(subject, HtmlTable.preformatted(log)), run, code);
	}

	private Message failure(UUID id, Occasion.RunFailed failed, Instant now) {
		String fact = harmless(failed.fact());
		List<String> lines = new ArrayList<>(List.of("%s   [%s]".formatted(fact, failed.code())));
		if (!failed.hint().isEmpty()) {
			lines.add("hint: " + harmless(failed.hint()));
		}
		if (!failed.log().lines().isEmpty()) {
			lines.add("");
			lines.addAll(failed.log().lines());
		}
		String subject = "%s %s failed: %s".formatted(Answer.FAILS.symbol(), title(failed.run()), fact);
		return plain(id, failed, Urgency.HIGH, now, subject, lines, failed.run(), failed.code().name());
	}

	private Message change(UUID id, Occasion.VerdictChanged changed, Instant now) {
		List<VerdictChange> changes = changed.changes();
		Answer worst = Answers.worst(changes.stream().map(VerdictChange::worst).toList());
		String subject = "%s %s".formatted(worst.symbol(), subject(changes));
		List<String> lines = changes.stream()
			.limit(MOST_ROWS)
			.map(change -> "%s: %s".formatted(change.now().application(),
					change.clauses().stream().map(change::describe).collect(Collectors.joining(", "))))
			.toList();
		return withTable(id, changed, (worst == Answer.HOLDS) ? Urgency.NORMAL : Urgency.HIGH, subject, lines,
				changes.stream().map(VerdictChange::now).toList(), now);
	}

	private static String subject(List<VerdictChange> changes) {
		if (changes.size() > 1) {
			return "verdicts changed: " + names(changes.stream().map(VerdictChange::now).toList());
		}
		VerdictChange change = changes.get(0);
		return change.clauses()
			.stream()
			.map(clause -> "%s %s".formatted(Answers.words(clause), Answers.word(change.answer(clause))))
			.collect(Collectors.joining(", ", change.now().application() + ": ", ""));
	}

	private Message kit(UUID id, Occasion.KitOutdated outdated, Instant now) {
		String text = harmless(outdated.kit().sentence())
				+ "\nhint: make a new one with 'longhaul kit create', put it where the old one is, and destroy that";
		return new Message(id, outdated.event(), Urgency.HIGH, now,
				Answer.FAILS.symbol() + " the recovery kit is older than the key of the bucket", text,
				HtmlTable.page(text, ""), null, "");
	}

	private Message digest(UUID id, Occasion.Digest digest, Instant now) {
		if (digest.standing() instanceof Standing.Unknown unknown) {
			String fact = "%s   [%s]".formatted(harmless(unknown.fact()), unknown.code());
			return new Message(id, digest.event(), Urgency.HIGH, now,
					Answer.UNKNOWN.symbol() + " nobody knows how the applications stand", fact,
					HtmlTable.page(fact, ""), null, unknown.code().name());
		}
		List<Row> applications = ((Standing.Known) digest.standing()).applications();
		Answer worst = Answers.worst(applications.stream().map(Row::overall).toList());
		return withTable(id, digest, (worst == Answer.FAILS) ? Urgency.NORMAL : Urgency.LOW,
				sentence(applications, worst), List.of(), applications, now);
	}

	/** The sentence of the day. */
	private static String sentence(List<Row> applications, Answer worst) {
		if (applications.isEmpty()) {
			return Answer.UNKNOWN.symbol() + " no application was ever backed up";
		}
		int count = applications.size();
		if (worst == Answer.HOLDS) {
			return "%s 3-2-1-1-0 holds for %s".formatted(worst.symbol(),
					(count == 1) ? applications.get(0).application() : "all %d applications".formatted(count));
		}
		List<Row> worstRows = applications.stream().filter(row -> row.overall() == worst).toList();
		return "%s 3-2-1-1-0 %s for %d of %s: %s".formatted(worst.symbol(), Answers.word(worst), worstRows.size(),
				Wording.count(count, "application"), names(worstRows));
	}

	private static String names(List<Row> rows) {
		return rows.stream().map(row -> row.application().value()).collect(Collectors.joining(", "));
	}

	private Message withTable(UUID id, Occasion occasion, Urgency urgency, String subject, List<String> above,
			List<Row> rows, Instant now) {
		List<Row> shown = rows.stream().sorted(Comparator.comparing(Letters::rank)).limit(MOST_ROWS).toList();
		List<String> lines = new ArrayList<>(above);
		lines.add("");
		table.lines(shown, now).stream().map(Letters::harmless).forEach(lines::add);
		String rest = (rows.size() > shown.size()) ? "and %d more".formatted(rows.size() - shown.size()) : "";
		lines.add(rest);
		lines.add("as of " + wording.dateAndTime(now));
		String text = String.join("\n", lines).strip();
		return new Message(id, occasion.event(), urgency, now, subject, text,
				HtmlTable.page(subject, html.of(shown, now) + HtmlTable.paragraph(rest)), null, "");
	}

	private static int rank(Row row) {
		return switch (row.overall()) {
			case FAILS -> 0;
			case UNKNOWN -> 1;
			case HOLDS -> 2;
		};
	}

	private String title(Night run) {
		return "%s %s".formatted(run.job(), wording.dateAndTime(run.scheduledFor()));
	}

	static String harmless(String text) {
		return Shortened.to(LONGEST_LINE, Printable.of(text));
	}

}
