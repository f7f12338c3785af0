package dev.longhaul.scheduler.notification;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.scheduler.wording.VerdictTable.Row;
import dev.longhaul.scheduler.wording.Wording;

/**
 * Occasions and messages of them.
 */
final class Told {

	static final Instant NOW = Instant.parse("2026-11-22T07:00:00Z");

	static final Night NIGHTLY = new Night(new JobName("nightly"), Instant.parse("2026-11-22T01:30:00Z"));

	static final Night MIRROR = new Night(new JobName("mirror"), Instant.parse("2026-11-22T01:30:00Z"));

	static final UUID ID = UUID.fromString("5d1c1f2e-0000-4000-8000-000000000001");

	static final Wording WORDING = new Wording(ZoneId.of("Europe/Berlin"));

	private Told() {
	}

	static Occasion.RunStarted started(Night run) {
		return new Occasion.RunStarted(run);
	}

	static Occasion.RunSucceeded succeeded(Night run) {
		return new Occasion.RunSucceeded(run, Duration.ofMinutes(12), new LogTail(List.of("gitea  read back  ok")));
	}

	static Occasion.RunFailed failed(Night run) {
		return new Occasion.RunFailed(run, FailureCode.CLUSTER_UNREACHABLE, "the cluster did not answer",
				"look at the API server", new LogTail(List.of("gitea  begun", "gitea  ✕ no answer")));
	}

	/** One answer per clause: {@code h}, {@code f} or {@code u}. */
	static Row row(String application, String answers) {
		Map<Clause, Answer> all = answers(answers);
		List<Judgement> judgements = Arrays.stream(Clause.values())
			.map(clause -> new Judgement(clause, all.get(clause),
					"why %s %s".formatted(Answers.words(clause), Answers.word(all.get(clause)))))
			.toList();
		ApplicationName name = new ApplicationName(application);
		return new Row(name, new Verdict(name, judgements), NOW.minus(Duration.ofHours(6)));
	}

	static Map<Clause, Answer> answers(String letters) {
		Map<Clause, Answer> answers = new EnumMap<>(Clause.class);
		int next = 0;
		for (Clause clause : Clause.values()) {
			answers.put(clause, switch (letters.charAt(next++)) {
				case 'h' -> Answer.HOLDS;
				case 'f' -> Answer.FAILS;
				default -> Answer.UNKNOWN;
			});
		}
		return answers;
	}

	static Message message(Occasion occasion) {
		return new Letters(WORDING).write(ID, occasion, NOW);
	}

}
