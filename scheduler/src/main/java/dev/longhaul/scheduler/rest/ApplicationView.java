package dev.longhaul.scheduler.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import dev.longhaul.core.run.ApplicationRecord.Judged;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.scheduler.ledger.ApplicationRow;
import org.jspecify.annotations.Nullable;

/**
 * How an application stands.
 *
 * @param verdict null if it was never judged
 * @param newestProven the time of the data of the newest proven restore point; null if
 * there is none
 * @param newestTaken the time of the data of the newest restore point; null if there is
 * none
 * @param bytes blocks times block size of that one
 * @param longestGap the longest its data was without a proven restore point within the
 * last 30 days, as ISO 8601 has it; null in lists, and if none was ever proven
 */
record ApplicationView(String name, @Nullable VerdictView verdict, @Nullable Instant newestProven,
		@Nullable Instant newestTaken, @Nullable Long bytes, int restorePoints, @Nullable String longestGap) {

	/**
	 * @param overall {@code holds}, {@code fails} or {@code unknown}
	 */
	record VerdictView(String overall, Instant at, List<ClauseView> clauses) {

		static VerdictView of(Judged judged) {
			return new VerdictView(word(judged.verdict().overall()), judged.at(),
					judged.verdict().judgements().stream().map(ClauseView::of).toList());
		}

	}

	record ClauseView(String clause, String answer, String evidence) {

		static ClauseView of(Judgement judgement) {
			return new ClauseView(word(judgement.clause()), word(judgement.answer()), judgement.evidence());
		}

	}

	static ApplicationView of(ApplicationRow row, @Nullable Duration longestGap) {
		Judged judged = row.judged();
		ApplicationRow.Newest newest = row.newest();
		return new ApplicationView(row.application().value(), (judged != null) ? VerdictView.of(judged) : null,
				row.newestProven(), (newest != null) ? newest.takenAt() : null,
				(newest != null) ? newest.size().bytes() : null, row.points(),
				(longestGap != null) ? longestGap.toString() : null);
	}

	private static String word(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
