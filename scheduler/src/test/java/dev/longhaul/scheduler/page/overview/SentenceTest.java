package dev.longhaul.scheduler.page.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.core.volume.ByteSize;
import org.junit.jupiter.api.Test;

import static dev.longhaul.core.verdict.Answer.FAILS;
import static dev.longhaul.core.verdict.Answer.HOLDS;
import static dev.longhaul.core.verdict.Answer.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

class SentenceTest {

	private static final Instant NOW = Instant.parse("2026-11-22T08:30:00Z");

	private static final Instant PROVEN = Instant.parse("2026-11-22T01:30:00Z");

	@Test
	void saysThatAllIsWell() {
		Sentence sentence = Sentence.of(IntStream.range(0, 7).mapToObj(i -> row("app-" + i, HOLDS, HOLDS)).toList(),
				NOW);

		assertThat(words(sentence)).containsExactly("All 7 applications are proven.");
		assertThat(sentence.answer()).isEqualTo(HOLDS);
		assertThat(sentence.newest()).isEqualTo(PROVEN);
		assertThat(sentence.next()).isEqualTo(PROVEN.plus(Duration.ofDays(1)));
	}

	@Test
	void saysWhatIsWrongWorstFirst() {
		Sentence sentence = Sentence.of(
				List.of(row("gitea", HOLDS, HOLDS), row("paperless", UNKNOWN, HOLDS), row("nextcloud", FAILS, FAILS)),
				NOW);

		assertThat(words(sentence)).containsExactly("1 of 3 applications fails: nextcloud (0 errors).",
				"1 of 3 applications is not known to be safe: paperless (1 immutable).");
		assertThat(sentence.answer()).isEqualTo(FAILS);
	}

	@Test
	void saysWhatIsOlderThanItMayBe() {
		Sentence sentence = Sentence.of(List.of(row("gitea", HOLDS, HOLDS), row("wiki", HOLDS, HOLDS)),
				NOW.plus(Duration.ofDays(2)));

		assertThat(words(sentence)).containsExactly("2 of 2 applications are older than their goals: gitea, wiki.");
	}

	@Test
	void namesAFewAndCountsTheRest() {
		Sentence sentence = Sentence.of(IntStream.range(0, 200).mapToObj(i -> row("app-" + i, UNKNOWN, HOLDS)).toList(),
				NOW);

		assertThat(words(sentence)).containsExactly("200 of 200 applications are not known to be safe: "
				+ "app-0 (1 immutable), app-1 (1 immutable), app-2 (1 immutable) and 197 more.");
	}

	@Test
	void neverCallsNothingWell() {
		Sentence sentence = Sentence.of(List.of(), NOW);

		assertThat(sentence.parts()).isEmpty();
		assertThat(sentence.answer()).isEqualTo(UNKNOWN);
	}

	@Test
	void neverCallsAnApplicationWellThatNobodyJudged() {
		ApplicationRow unjudged = new ApplicationRow(ApplicationRow.unjudged(new ApplicationName("gitea")), Map.of(),
				null, null, null, ByteSize.ZERO, List.of(), null);

		assertThat(Sentence.of(List.of(unjudged), NOW).answer()).isEqualTo(UNKNOWN);
	}

	private static List<String> words(Sentence sentence) {
		return sentence.parts().stream().map(Sentence.Part::words).toList();
	}

	private static ApplicationRow row(String name, Answer immutable, Answer errors) {
		Iterator<Answer> answers = List.of(HOLDS, HOLDS, HOLDS, immutable, errors).iterator();
		List<Judgement> judgements = new ArrayList<>();
		for (Clause clause : Clause.values()) {
			judgements.add(new Judgement(clause, answers.next(), "as it was read"));
		}
		return new ApplicationRow(new Verdict(new ApplicationName(name), judgements), Map.of(), PROVEN, null,
				Duration.ofHours(24), ByteSize.ZERO, List.of(), PROVEN.plus(Duration.ofDays(1)));
	}

}
