package dev.longhaul.scheduler.ledger;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.longhaul.core.verdict.Answer;

/**
 * All applications at a glance, and what there is to say of them in one sentence.
 *
 * @param applications worst first: what fails before what nobody knows before what holds,
 * and among these what was proven longest ago, or never, first
 * @param refusals documents that are not believed
 */
public record Overview(List<ApplicationRow> applications, int refusals, Freshness freshness) {

	static final Comparator<ApplicationRow> WORST_FIRST = Comparator
		.comparingInt(
				(ApplicationRow row) -> List.of(Answer.FAILS, Answer.UNKNOWN, Answer.HOLDS).indexOf(row.overall()))
		.thenComparing(ApplicationRow::newestProven, Comparator.nullsFirst(Comparator.naturalOrder()))
		.thenComparing(ApplicationRow::application);

	public Overview {
		applications = List.copyOf(applications);
	}

	/** How many applications have that verdict. */
	public long count(Answer overall) {
		return applications.stream().filter(row -> row.overall() == overall).count();
	}

	/** Over all applications; empty if nothing was ever proven. */
	public Optional<Instant> newestProven() {
		return applications.stream()
			.map(ApplicationRow::newestProven)
			.filter(Objects::nonNull)
			.max(Comparator.naturalOrder());
	}

}
