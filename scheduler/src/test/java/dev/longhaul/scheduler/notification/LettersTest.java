package dev.longhaul.scheduler.notification;

import java.util.List;
import java.util.TreeSet;
import java.util.Set;
import java.time.Instant;
import java.util.stream.IntStream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.scheduler.wording.VerdictTable.Row;
import dev.longhaul.core.kit.KitId;
import dev.longhaul.core.kit.KitStanding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LettersTest {

	@Test
	void aFailureSaysTheFactTheCodeTheHintAndTheEndOfTheLog() {
		Message message = Told.message(Told.failed(Told.NIGHTLY));

		assertThat(message.subject()).isEqualTo("✕ nightly 2026-11-22 02:30 failed: the cluster did not answer");
		assertThat(message.text()).isEqualTo("""
				the cluster did not answer   [CLUSTER_UNREACHABLE]
				hint: look at the API server

				gitea  begun
				gitea  ✕ no answer""");
		assertThat(message.urgency()).isEqualTo(Urgency.HIGH);
		assertThat(message.code()).isEqualTo("CLUSTER_UNREACHABLE");
		assertThat(message.run()).isEqualTo(Told.NIGHTLY);
	}

	@Test
	void runsSayWhenTheyBeginAndEnd() {
		assertThat(Told.message(Told.started(Told.NIGHTLY)).subject()).isEqualTo("nightly 2026-11-22 02:30 started");
		assertThat(Told.message(Told.succeeded(Told.NIGHTLY)).subject())
			.isEqualTo("● nightly 2026-11-22 02:30 succeeded in 12 min");
		assertThat(Told.message(Told.succeeded(Told.NIGHTLY)).text()).isEqualTo("gitea  read back  ok");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			hhhhh | hhhhf | HIGH   | ✕ gitea: 0 errors fails
			hhhhh | hhhuh | HIGH   | ◌ gitea: 1 immutable is unknown
			hhfhf | hhhhf | NORMAL | ● gitea: 1 away holds
			hfhhh | hhfhh | HIGH   | ✕ gitea: 2 media holds, 1 away fails
			""")
	void aChangeSaysWhatHoldsNowAndIsAsUrgentAsItIsBad(String before, String now, Urgency urgency, String subject) {
		Message message = Told.message(
				new Occasion.VerdictChanged(List.of(new VerdictChange(Told.answers(before), Told.row("gitea", now)))));

		assertThat(message.subject()).isEqualTo(subject);
		assertThat(message.urgency()).isEqualTo(urgency);
	}

	@Test
	void anOldKitIsUrgentAndSaysWhatToDo() {
		KitId kit = KitId.of(new byte[] { 1 });
		Message message = Told.message(new Occasion.KitOutdated(new KitStanding.Outdated(kit,
				Instant.parse("2026-11-01T12:00:00Z"), new TreeSet<>(Set.of("AWS_SECRET_ACCESS_KEY")))));

		assertThat(message.urgency()).isEqualTo(Urgency.HIGH);
		assertThat(message.subject()).isEqualTo("✕ the recovery kit is older than the key of the bucket");
		assertThat(message.text()).isEqualTo("""
				the recovery kit %s of 2026-11-01T12:00:00Z is older than the key of the bucket: AWS_SECRET_ACCESS_KEY \
				changed since
				hint: make a new one with 'longhaul kit create', put it where the old one is, and destroy that\
				""".formatted(kit));
	}

	@Test
	void aChangeShowsTheTableAndWhatWasBefore() {
		Message message = Told.message(new Occasion.VerdictChanged(
				List.of(new VerdictChange(Told.answers("hhhhh"), Told.row("nextcloud", "hhhuh")),
						new VerdictChange(Told.answers("hhhhh"), Told.row("gitea", "hhhhf")))));

		assertThat(message.subject()).isEqualTo("✕ verdicts changed: nextcloud, gitea");
		assertThat(message.text()).isEqualTo("""
				nextcloud: ● 1 immutable ◌
				gitea: ● 0 errors ✕

				            3  2  1  1  0   newest proven     RPO   why not
				gitea       ●  ●  ●  ●  ✕   02:00 (6 h ago)   6 h   why 0 errors fails
				nextcloud   ●  ●  ●  ◌  ●   02:00 (6 h ago)   6 h   why 1 immutable is unknown

				as of 2026-11-22 08:00""");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			hhhhh hhhhh | LOW    | ● 3-2-1-1-0 holds for all 2 applications
			hhhhh       | LOW    | ● 3-2-1-1-0 holds for app0
			hhhhh hhfhu | NORMAL | ✕ 3-2-1-1-0 fails for 1 of 2 applications: app1
			hhuhh hhhhh | LOW    | ◌ 3-2-1-1-0 is unknown for 1 of 2 applications: app0
			            | LOW    | ◌ no application was ever backed up
			""")
	void aDigestBeginsWithTheSentenceOfTheDay(String answers, Urgency urgency, String subject) {
		String[] each = (answers == null) ? new String[0] : answers.split(" ");
		List<Row> rows = IntStream.range(0, each.length).mapToObj(i -> Told.row("app" + i, each[i])).toList();

		Message message = Told.message(new Occasion.Digest(new Standing.Known(rows)));

		assertThat(message.subject()).isEqualTo(subject);
		assertThat(message.urgency()).isEqualTo(urgency);
	}

	@Test
	void aDigestThatCannotBeMadeSaysSo() {
		Message message = Told.message(
				new Occasion.Digest(new Standing.Unknown(FailureCode.TARGET_UNREACHABLE, "the bucket did not answer")));

		assertThat(message.subject()).isEqualTo("◌ nobody knows how the applications stand");
		assertThat(message.text()).isEqualTo("the bucket did not answer   [TARGET_UNREACHABLE]");
		assertThat(message.urgency()).isEqualTo(Urgency.HIGH);
	}

	@Test
	void whatFailsComesFirstAndTheRestIsCounted() {
		List<Row> rows = IntStream.range(0, 60)
			.mapToObj(i -> Told.row("app" + i, (i == 59) ? "fhhhh" : "hhhhh"))
			.toList();

		Message message = Told.message(new Occasion.Digest(new Standing.Known(rows)));

		assertThat(message.text().lines().toList().get(1)).startsWith("app59 ");
		assertThat(message.text()).contains("\nand 10 more\n");
		assertThat(message.html()).contains("<p>and 10 more</p>").containsOnlyOnce("app59</td>");
	}

	@Test
	void htmlShowsShapesWithWordsAndLoadsNothing() {
		String html = Told.message(new Occasion.Digest(new Standing.Known(List.of(Told.row("gitea", "hhhuf"))))).html();

		assertThat(html).contains("title=\"1 immutable is unknown\">◌</td>", "title=\"0 errors fails\">✕</td>",
				"title=\"3 copies holds\">●</td>", "why 0 errors fails<br>why 1 immutable is unknown");
		assertThat(html).doesNotContain("http", "src=", "url(");
	}

	@Test
	void whatOthersWroteCannotBecomeMarkupNorMoveACursor() {
		String hostile = "<img src=\"//evil\">\u001b[2J\r\nBcc: me";
		List<Judgement> judgements = List.of(new Judgement(Clause.COPIES, Answer.FAILS, hostile),
				new Judgement(Clause.MEDIA, Answer.HOLDS, "ok"), new Judgement(Clause.AWAY, Answer.HOLDS, "ok"),
				new Judgement(Clause.IMMUTABLE, Answer.HOLDS, "ok"), new Judgement(Clause.ERRORS, Answer.HOLDS, "ok"));
		ApplicationName name = new ApplicationName("gitea");
		Message digest = Told.message(new Occasion.Digest(
				new Standing.Known(List.of(new Row(name, new Verdict(name, judgements), Told.NOW)))));
		Message failure = Told.message(new Occasion.RunFailed(Told.NIGHTLY, FailureCode.BACKUP_FAILED, hostile, "",
				new LogTail(List.of(hostile))));

		assertThat(List.of(digest, failure)).allSatisfy(message -> {
			assertThat(message.html()).doesNotContain("<img", "\u001b");
			assertThat(message.text()).doesNotContain("\u001b", "\r");
			assertThat(message.subject()).doesNotContain("\u001b", "\r", "\n");
		});
	}

	@Test
	void aMessageIsBoundedHoweverMuchThereIsToSay() {
		String endless = "x".repeat(100_000);
		Message message = Told.message(new Occasion.RunFailed(Told.NIGHTLY, FailureCode.BACKUP_FAILED, endless, endless,
				new LogTail(IntStream.range(0, 1000).mapToObj(i -> i + endless).toList())));

		assertThat(message.subject()).hasSize(Message.LONGEST_SUBJECT).endsWith("…");
		assertThat(message.text()).hasSizeLessThan(Message.LONGEST_TEXT).contains("\n999xxx");
		assertThat(message.text().lines()).hasSize(LogTail.MOST_LINES + 3);
	}

	@Test
	void aVerdictThatDidNotChangeIsNoChange() {
		Row row = Told.row("gitea", "hhhhf");

		assertThat(VerdictChange.between(Told.answers("hhhhf"), row)).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> new VerdictChange(Told.answers("hhhhf"), row))
			.withMessage("the verdict of gitea has not changed");
	}

}
