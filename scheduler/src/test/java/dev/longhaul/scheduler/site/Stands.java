package dev.longhaul.scheduler.site;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.ApplicationRecord.Judged;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.ledger.ApplicationRow;
import dev.longhaul.scheduler.ledger.Coverage;
import dev.longhaul.scheduler.ledger.Freshness;
import dev.longhaul.scheduler.ledger.Overview;
import dev.longhaul.scheduler.ledger.Trend;

/**
 * What the ledger would say.
 */
final class Stands {

	static final Instant NOW = Instant.parse("2026-11-22T08:15:00Z");

	static final Freshness FRESH = new Freshness(NOW, null, null);

	private static final Night LAST = new Night(new JobName("nightly"), Instant.parse("2026-11-22T01:30:00Z"));

	private Stands() {
	}

	static Overview overview(ApplicationRow... rows) {
		return new Overview(List.of(rows), 0, FRESH);
	}

	/**
	 * An application of which everything holds but one clause.
	 */
	static ApplicationRow row(String name, Clause clause, Answer answer, String evidence, long mebibytes) {
		ApplicationName application = new ApplicationName(name);
		Verdict verdict = new Verdict(application,
				Arrays.stream(Clause.values())
					.map(one -> new Judgement(one, (one == clause) ? answer : Answer.HOLDS, evidence))
					.toList());
		ByteSize size = ByteSize.ofMebibytes(mebibytes);
		LocalDate today = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
		Trend trend = new Trend(
				IntStream.range(0, 30).mapToObj(day -> new Trend.Day(today.minusDays(day), size)).toList());
		return new ApplicationRow(application, new Judged(verdict, NOW), LAST.scheduledFor(),
				new ApplicationRow.Newest(LAST, LAST.scheduledFor(), 2, size), 5, trend);
	}

	/** Recorded, and never judged. */
	static ApplicationRow unjudged(String name) {
		return new ApplicationRow(new ApplicationName(name), null, null, null, 0, new Trend(List.of()));
	}

	static Coverage covered(String place, Coverage.Scope scope, long mebibytes, long proven, long refuted) {
		return new Coverage(place, scope, amount(10, mebibytes), amount(6, proven),
				amount((refuted > 0) ? 1 : 0, refuted));
	}

	private static Coverage.Amount amount(long points, long mebibytes) {
		return new Coverage.Amount(points, ByteSize.ofMebibytes(mebibytes));
	}

	static Duration days(int days) {
		return Duration.ofDays(days);
	}

}
