package dev.longhaul.cli.render;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.run.Recorded;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.text.Spans;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Judgement;

/**
 * The verdict of every application, for people.
 */
public final class VerdictText {

	/** What is measured may be this old. */
	static final Duration SPAN = Duration.ofDays(30);

	private final Page page;

	private final Style style;

	private final Instant now;

	public VerdictText(Page page, Instant now) {
		this.page = page;
		this.style = page.style();
		this.now = now;
	}

	public String render(Recorded recorded) {
		List<ApplicationRecord> applications = recorded.applications();
		StringBuilder text = new StringBuilder();
		text.append("%s   %s, recorded by %s%n".formatted(Printable.of(page.target()),
				Counts.of(applications.size(), "application"), Counts.of(recorded.runs().size(), "night")));
		if (recorded.runs().isEmpty() && recorded.refusals().isEmpty()) {
			text.append(RecordedText.NOTHING);
		}
		for (ApplicationRecord application : applications) {
			text.append('\n')
				.append(style.strong(application.application().value()))
				.append("   ")
				.append(rpo(application))
				.append('\n');
			clauses(application).forEach(line -> text.append(line).append('\n'));
		}
		recorded.refusals()
			.forEach(refusal -> text.append('\n')
				.append(style.bad("not believed: " + Printable.of(refusal.subject() + ": " + refusal.reason())))
				.append('\n'));
		return text.toString();
	}

	private String rpo(ApplicationRecord application) {
		return application.longestGap(now, SPAN)
			.map(gap -> "newest proven %s, at most %s without one in 30 days"
				.formatted(page.times().of(application.newestProven().orElse(null)), Spans.coarse(gap)))
			.orElse("nothing was ever proven");
	}

	private List<String> clauses(ApplicationRecord application) {
		ApplicationRecord.Judged judged = application.judged();
		if (judged == null) {
			return List.of("  never judged");
		}
		Table table = new Table();
		for (Judgement judgement : judged.verdict().judgements()) {
			table.add(Cell.painted(judgement.answer().symbol(), text -> painted(style, judgement.answer(), text)),
					Cell.left(judgement.clause().digit() + " " + word(judgement.clause())),
					Cell.left(word(judgement.answer())), Cell.left(judgement.evidence()),
					Cell.painted("judged " + page.times().of(judged.at()), style::faint));
		}
		return table.lines("  ", page.width());
	}

	static String painted(Style style, Answer answer, String text) {
		return switch (answer) {
			case HOLDS -> style.good(text);
			case FAILS -> style.bad(text);
			case UNKNOWN -> style.uncertain(text);
		};
	}

	/** As people and machines read it. */
	static String word(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
