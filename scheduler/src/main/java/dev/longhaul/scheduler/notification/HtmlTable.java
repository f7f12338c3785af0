package dev.longhaul.scheduler.notification;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.scheduler.wording.VerdictTable;
import dev.longhaul.scheduler.wording.VerdictTable.Row;

/**
 * The table of verdicts for a mail. Nothing is loaded from elsewhere, and everything is
 * styled in place: programs that show mail drop the rest.
 */
final class HtmlTable {

	private static final String CELL = "padding:4px 10px;text-align:left;vertical-align:top;"
			+ "border-bottom:1px solid #8884";

	private final VerdictTable table;

	HtmlTable(VerdictTable table) {
		this.table = table;
	}

	String of(List<Row> rows, Instant now) {
		return rows.stream()
			.map(row -> row(row, now))
			.collect(Collectors.joining("", "<table style=\"border-collapse:collapse\">" + heading(), "</table>"));
	}

	private static String heading() {
		String clauses = Arrays.stream(Clause.values())
			.map(clause -> "<th style=\"%s\" title=\"%s\">%s</th>".formatted(CELL, Answers.words(clause),
					clause.digit()))
			.collect(Collectors.joining());
		return "<tr>%s%s%s%s%s</tr>".formatted(header("application"), clauses, header(VerdictTable.NEWEST_PROVEN),
				header(VerdictTable.RPO), header(VerdictTable.WHY_NOT));
	}

	private static String header(String text) {
		return "<th style=\"%s\">%s</th>".formatted(CELL, text);
	}

	private String row(Row row, Instant now) {
		StringBuilder shapes = new StringBuilder();
		row.answers().forEach((clause, answer) -> shapes.append(shape(clause, answer)));
		String reasons = row.reasons()
			.stream()
			.map(reason -> escaped(Letters.harmless(reason)))
			.collect(Collectors.joining("<br>"));
		return "<tr>%s%s%s%s%s</tr>".formatted(cell(escaped(row.application().value())), shapes,
				cell(escaped(table.newestProven(row, now))), cell(escaped(VerdictTable.rpo(row, now))), cell(reasons));
	}

	/** A shape besides its colour, and words for who cannot see either. */
	private static String shape(Clause clause, Answer answer) {
		return "<td style=\"%s;color:%s\" title=\"%s %s\">%s</td>".formatted(CELL, colour(answer),
				Answers.words(clause), Answers.word(answer), answer.symbol());
	}

	/** Each can be read on white and on black. */
	private static String colour(Answer answer) {
		return switch (answer) {
			case HOLDS -> "#2a8a4a";
			case FAILS -> "#d0403a";
			case UNKNOWN -> "#8a7a20";
		};
	}

	private static String cell(String html) {
		return "<td style=\"%s\">%s</td>".formatted(CELL, html);
	}

	/** A whole document. */
	static String page(String title, String html) {
		return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>%1$s</title></head>"
			.formatted(escaped(title))
				+ "<body style=\"font-family:system-ui,sans-serif\"><p><b>%s</b></p>%s</body></html>"
					.formatted(escaped(title), html);
	}

	/** Nothing for nothing. */
	static String paragraph(String text) {
		return text.isEmpty() ? "" : "<p>%s</p>".formatted(escaped(text));
	}

	/** Nothing for nothing. */
	static String preformatted(String text) {
		return text.isEmpty() ? "" : "<pre>%s</pre>".formatted(escaped(text));
	}

	static String escaped(String text) {
		return text.replace("&", "&amp;")
			.replace("<", "&lt;")
			.replace(">", "&gt;")
			.replace("\"", "&quot;")
			.replace("'", "&#39;");
	}

}
