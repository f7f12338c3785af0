package dev.longhaul.scheduler.page.overview;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.scheduler.page.Spoken;
import org.jspecify.annotations.Nullable;

/**
 * The sentence of the day: that all is well, or what is not, worst first.
 *
 * @param newest time of the data of the newest proven restore point of all; null if there
 * is none
 * @param next when the next night begins; null if none is planned
 */
public record Sentence(List<Part> parts, @Nullable Instant newest, @Nullable Instant next) {

	private static final int MOST_NAMES = 3;

	public Sentence {
		parts = List.copyOf(parts);
	}

	/** One thing to say, and how bad it is. */
	public record Part(Answer answer, String words) {
	}

	/** Pure: the same rows at the same time give the same sentence. */
	public static Sentence of(List<ApplicationRow> rows, Instant now) {
		List<Part> parts = new ArrayList<>();
		add(parts, Answer.FAILS, rows, row -> row.verdict().overall() == Answer.FAILS, "fails", "fail",
				Sentence::worst);
		add(parts, Answer.FAILS, rows, row -> row.isLate(now), "is older than its goal", "are older than their goals",
				row -> "");
		add(parts, Answer.UNKNOWN, rows, row -> row.verdict().overall() == Answer.UNKNOWN, "is not known to be safe",
				"are not known to be safe", Sentence::worst);
		if (parts.isEmpty() && !rows.isEmpty()) {
			parts.add(new Part(Answer.HOLDS, (rows.size() == 1) ? "The application is proven."
					: "All %d applications are proven.".formatted(rows.size())));
		}
		return new Sentence(parts, extreme(rows, ApplicationRow::newestProven, Comparator.reverseOrder()),
				extreme(rows, ApplicationRow::next, Comparator.naturalOrder()));
	}

	/** How bad the worst of it is. */
	public Answer answer() {
		return parts.isEmpty() ? Answer.UNKNOWN : parts.get(0).answer();
	}

	private static void add(List<Part> parts, Answer answer, List<ApplicationRow> rows,
			Predicate<ApplicationRow> concerned, String one, String several, Function<ApplicationRow, String> reason) {
		List<ApplicationRow> matching = rows.stream().filter(concerned).toList();
		if (!matching.isEmpty()) {
			String verb = (matching.size() == 1) ? one : several;
			parts.add(new Part(answer, "%d of %d applications %s: %s.".formatted(matching.size(), rows.size(), verb,
					names(matching, reason))));
		}
	}

	private static String names(List<ApplicationRow> rows, Function<ApplicationRow, String> reason) {
		String first = rows.stream()
			.limit(MOST_NAMES)
			.map(row -> row.name().value() + reason.apply(row))
			.collect(Collectors.joining(", "));
		return (rows.size() > MOST_NAMES) ? "%s and %d more".formatted(first, rows.size() - MOST_NAMES) : first;
	}

	/** {@code  (0 errors)}: damage is worse than any other reason. */
	private static String worst(ApplicationRow row) {
		return row.verdict()
			.open()
			.stream()
			.filter(judgement -> judgement.answer() == row.verdict().overall())
			.map(Judgement::clause)
			.max(Comparator.naturalOrder())
			.map(clause -> " (%s)".formatted(Spoken.of(clause)))
			.orElse("");
	}

	private static @Nullable Instant extreme(List<ApplicationRow> rows,
			Function<ApplicationRow, @Nullable Instant> value, Comparator<Instant> order) {
		return rows.stream().map(value).filter(Objects::nonNull).min(order).orElse(null);
	}

}
