package dev.longhaul.cli.render;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.server.Fields;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.text.Spans;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * How applications stand, as a server tells it, for people.
 */
public final class Standings {

	private static final String NONE = "the server knows of no restore point; 'longhaul remote runs start JOB' takes one, "
			+ "'longhaul remote ledger' says how far it has read the bucket\n";

	private final Page page;

	private final Style style;

	public Standings(Page page) {
		this.page = page;
		this.style = page.style();
	}

	/** One row for each, with what fails or is not known. */
	public String applications(List<Fields> applications) {
		if (applications.isEmpty()) {
			return NONE;
		}
		Table table = new Table();
		table.add(Cell.left(""), Cell.left(digits()), Cell.left("newest proven"), Cell.right("size"),
				Cell.right("points"), Cell.left("why not"));
		for (Fields application : applications) {
			Fields verdict = application.object("verdict");
			Long bytes = application.numberOrNull("bytes");
			table.add(Cell.painted(application.text("name"), style::strong), symbols(verdict),
					Cell.left(page.times().of(application.instant("newestProven"))),
					Cell.right((bytes != null) ? size(bytes) : Times.UNKNOWN),
					Cell.right(Long.toString(application.number("restorePoints"))), Cell.left(whyNot(verdict)));
		}
		return table.text("", page.width());
	}

	/** With every clause and its evidence. */
	public String application(Fields application) {
		StringBuilder text = new StringBuilder(
				verdict(application.text("name"), application, application.object("verdict")));
		Duration gap = application.duration("longestGap");
		if (gap != null) {
			text.append("  at most %s without a proven restore point in 30 days%n".formatted(Spans.coarse(gap)));
		}
		text.append("  %s; longhaul remote points %s%n".formatted(
				Counts.of(application.number("restorePoints"), "restore point"),
				Commands.quoted(Printable.of(application.text("name")))));
		return text.toString();
	}

	/** The clauses of each. */
	public String verdicts(List<Fields> verdicts) {
		if (verdicts.isEmpty()) {
			return "no application has such a verdict\n";
		}
		return verdicts.stream()
			.map(each -> verdict(each.text("application"), each, each.object("verdict")))
			.collect(Collectors.joining("\n"));
	}

	private String verdict(String name, Fields of, @Nullable Fields verdict) {
		StringBuilder text = new StringBuilder(style.strong(Printable.of(name))).append("   newest proven ")
			.append(page.times().of(of.instant("newestProven")))
			.append('\n');
		if (verdict == null) {
			return text.append("  never judged\n").toString();
		}
		Table table = new Table();
		for (Fields clause : verdict.objects("clauses")) {
			table.add(symbol(clause.text("answer")), Cell.left(digit(clause.text("clause")) + clause.text("clause")),
					Cell.left(clause.text("answer")), Cell.left(clause.text("evidence")),
					Cell.painted("judged " + page.times().of(verdict.instant("at")), style::faint));
		}
		return text.append(table.text("  ", page.width())).toString();
	}

	/** Whether anything that was read back is damaged. */
	public static boolean hasErrors(Fields verdict) {
		Fields judged = verdict.object("verdict");
		return judged != null && judged.objects("clauses")
			.stream()
			.anyMatch(clause -> clause.textOrEmpty("clause").equals(VerdictText.word(Clause.ERRORS))
					&& clause.textOrEmpty("answer").equals(VerdictText.word(Answer.FAILS)));
	}

	private static String digits() {
		return Arrays.stream(Clause.values())
			.map(clause -> String.valueOf(clause.digit()))
			.collect(Collectors.joining("  "));
	}

	private static String digit(String word) {
		return Arrays.stream(Clause.values())
			.filter(clause -> VerdictText.word(clause).equals(word))
			.map(clause -> clause.digit() + " ")
			.findFirst()
			.orElse("");
	}

	private Cell symbols(@Nullable Fields verdict) {
		if (verdict == null) {
			return Cell.painted("never judged", style::uncertain);
		}
		String symbols = verdict.objects("clauses")
			.stream()
			.map(clause -> answer(clause.text("answer")).symbol())
			.collect(Collectors.joining("  "));
		Answer overall = answer(verdict.text("overall"));
		return Cell.painted(symbols, text -> VerdictText.painted(style, overall, text));
	}

	private Cell symbol(String word) {
		Answer answer = answer(word);
		return Cell.painted(answer.symbol(), text -> VerdictText.painted(style, answer, text));
	}

	/** What nobody here has heard of, nobody here knows. */
	private static Answer answer(String word) {
		return Arrays.stream(Answer.values())
			.filter(known -> known.name().toLowerCase(Locale.ROOT).equals(word))
			.findFirst()
			.orElse(Answer.UNKNOWN);
	}

	private static String whyNot(@Nullable Fields verdict) {
		List<String> reasons = new ArrayList<>();
		List<Fields> clauses = (verdict != null) ? verdict.objects("clauses") : List.of();
		for (Answer bad : List.of(Answer.FAILS, Answer.UNKNOWN)) {
			clauses.stream()
				.filter(clause -> answer(clause.text("answer")) == bad)
				.forEach(clause -> reasons.add(clause.text("evidence")));
		}
		return reasons.stream().distinct().collect(Collectors.joining("; "));
	}

	static String size(long bytes) {
		return new ByteSize(Math.max(0, bytes)).toString();
	}

}
