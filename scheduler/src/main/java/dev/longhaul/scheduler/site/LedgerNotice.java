package dev.longhaul.scheduler.site;

import java.util.List;

import dev.longhaul.core.verdict.Answer;
import dev.longhaul.scheduler.ledger.Freshness;
import dev.longhaul.scheduler.page.Notice;

/**
 * That what pages tell of the bucket is not what is in it now.
 */
public final class LedgerNotice {

	private LedgerNotice() {
	}

	/** Nothing if there is nothing to say. */
	public static List<Notice> of(Freshness freshness) {
		String failure = freshness.failure();
		if (freshness.failingSince() != null && failure != null) {
			String shown = (freshness.completeAt() != null) ? "Pages show what was in the bucket before"
					: "Nothing in it is shown";
			return List.of(new Notice(Answer.UNKNOWN, "The bucket cannot be read: %s. %s.".formatted(failure, shown),
					freshness.failingSince(), null));
		}
		return (freshness.completeAt() != null) ? List.of() : List.of(new Notice(Answer.UNKNOWN,
				"The bucket was not read to its end yet; what it holds is not shown before that.", null, null));
	}

}
