package dev.longhaul.scheduler.page.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.page.Action;
import dev.longhaul.scheduler.page.picture.Sample;
import org.jspecify.annotations.Nullable;

/**
 * One application at one glance.
 *
 * @param verdict an application that no night has judged yet has one of {@link #unjudged}
 * @param remedies by the clause they mend
 * @param newestProven time of the data of the newest restore point that was read back
 * @param newestStarted time of the data of the newest one an application was started from
 * @param goal how old the newest proven restore point may be, as the schedule has it;
 * null if none is planned
 * @param sizes of the last 30 days, in bytes
 * @param next when its next night begins; null if none is planned
 */
public record ApplicationRow(Verdict verdict, Map<Clause, Remedy> remedies, @Nullable Instant newestProven,
		@Nullable Instant newestStarted, @Nullable Duration goal, ByteSize size, List<Sample> sizes,
		@Nullable Instant next) {

	public ApplicationRow {
		remedies = Map.copyOf(remedies);
		sizes = List.copyOf(sizes);
	}

	/**
	 * What mends a clause.
	 *
	 * @param command to type; null if there is none
	 * @param action to press; null if there is none
	 */
	public record Remedy(@Nullable String command, @Nullable Action action) {
	}

	/** The same with what it needs to be shown. */
	public ApplicationRow with(Map<Clause, Remedy> known, List<Sample> trend) {
		return new ApplicationRow(verdict, known, newestProven, newestStarted, goal, size, trend, next);
	}

	/** The verdict on an application of which nothing is known. */
	public static Verdict unjudged(ApplicationName name) {
		return new Verdict(name,
				Arrays.stream(Clause.values())
					.map(clause -> new Judgement(clause, Answer.UNKNOWN, "no night has judged it yet"))
					.toList());
	}

	public ApplicationName name() {
		return verdict.application();
	}

	/** How much would be lost if everything here were lost now; null if all. */
	public @Nullable Duration exposure(Instant now) {
		return (newestProven == null) ? null : Duration.between(newestProven, now);
	}

	/**
	 * Whether its newest proven restore point is older than it may be, or there is none.
	 */
	public boolean isLate(Instant now) {
		return goal != null && (newestProven == null || goal.compareTo(Duration.between(newestProven, now)) < 0);
	}

	/** What mends a clause; null where nothing is known to. */
	public @Nullable Remedy remedy(Clause clause) {
		return remedies.get(clause);
	}

	/** For a search: its name and what is wrong with it. */
	String words() {
		StringBuilder words = new StringBuilder(name().value());
		verdict.open().forEach(judgement -> words.append(' ').append(judgement.evidence()));
		return words.toString();
	}

	/** Those that fail first, then those that are unknown. */
	int severity() {
		return switch (verdict.overall()) {
			case FAILS -> 0;
			case UNKNOWN -> 1;
			case HOLDS -> 2;
		};
	}

	Instant proven() {
		return Objects.requireNonNullElse(newestProven, Instant.MIN);
	}

	Instant started() {
		return Objects.requireNonNullElse(newestStarted, Instant.MIN);
	}

	Instant due() {
		return Objects.requireNonNullElse(next, Instant.MAX);
	}

}
