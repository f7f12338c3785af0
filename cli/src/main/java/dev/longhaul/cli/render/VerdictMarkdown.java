package dev.longhaul.cli.render;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.run.Recorded;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.text.Spans;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;

/**
 * The verdict of every application as a page for a wiki or a mail.
 */
public final class VerdictMarkdown {

	private final Instant now;

	public VerdictMarkdown(Instant now) {
		this.now = now;
	}

	public String render(Recorded recorded) {
		StringBuilder page = new StringBuilder("# Backups, %s%n%n".formatted(now.truncatedTo(ChronoUnit.SECONDS)));
		page.append(row("application", clauseNames(), "newest proven", "longest without, 30 days"));
		page.append(row("---", Arrays.stream(Clause.values()).map(clause -> "---").toList(), "---", "---"));
		recorded.applications()
			.forEach(application -> page.append(row(application.application().value(), symbols(application),
					application.newestProven().map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("never"),
					application.longestGap(now, VerdictText.SPAN).map(Spans::coarse).orElse("–"))));
		recorded.applications().forEach(application -> page.append(reasons(application)));
		recorded.refusals()
			.forEach(refusal -> page.append(
					"%n**Not believed:** %s: %s%n".formatted(escaped(refusal.subject()), escaped(refusal.reason()))));
		return page.toString();
	}

	private static List<String> clauseNames() {
		return Arrays.stream(Clause.values()).map(clause -> clause.digit() + " " + VerdictText.word(clause)).toList();
	}

	private static String row(String name, List<String> clauses, String newest, String gap) {
		return "| %s | %s | %s | %s |%n".formatted(name, String.join(" | ", clauses), newest, gap);
	}

	private static List<String> symbols(ApplicationRecord application) {
		ApplicationRecord.Judged judged = application.judged();
		if (judged == null) {
			return Arrays.stream(Clause.values()).map(clause -> Answer.UNKNOWN.symbol()).toList();
		}
		return Arrays.stream(Clause.values())
			.map(clause -> judged.verdict()
				.judgements()
				.stream()
				.filter(judgement -> judgement.clause() == clause)
				.findFirst()
				.map(judgement -> judgement.answer().symbol())
				.orElse(Answer.UNKNOWN.symbol()))
			.toList();
	}

	private static String reasons(ApplicationRecord application) {
		ApplicationRecord.Judged judged = application.judged();
		if (judged == null || judged.verdict().open().isEmpty()) {
			return "";
		}
		return judged.verdict()
			.open()
			.stream()
			.map(judgement -> "- %s %s: %s%n".formatted(judgement.answer().symbol(),
					VerdictText.word(judgement.clause()), escaped(judgement.evidence())))
			.collect(Collectors.joining("", "%n## %s%n%nJudged %s.%n%n".formatted(application.application(),
					judged.at().truncatedTo(ChronoUnit.SECONDS)), ""));
	}

	/** Text from a bucket is text, whatever it looks like. */
	static String escaped(String text) {
		return Printable.of(text).replaceAll("([\\\\`*_{}\\[\\]<>|#!])", "\\\\$1");
	}

}
