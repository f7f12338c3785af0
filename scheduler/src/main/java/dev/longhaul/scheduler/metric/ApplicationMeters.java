package dev.longhaul.scheduler.metric;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.scheduler.ledger.ApplicationRow;
import dev.longhaul.scheduler.ledger.Overview;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * How the applications stand. Moments instead of ages: an age that nobody updates would
 * stay young. What is not known has no value.
 */
public final class ApplicationMeters {

	private static final String APPLICATION = "application";

	private static final double MILLIS = 1000.0;

	private final MultiGauge newestBackup;

	private final MultiGauge newestProof;

	private final MultiGauge size;

	private final MultiGauge restorePoints;

	private final MultiGauge clauses;

	private final MultiGauge quietWindows;

	private final AtomicReference<@Nullable Overview> shown = new AtomicReference<>();

	public ApplicationMeters(MeterRegistry registry) {
		newestBackup = seconds("longhaul.newest.backup.timestamp", "When the data of the newest restore point is from")
			.register(registry);
		newestProof = seconds("longhaul.newest.proof.timestamp",
				"When the data of the newest proven restore point is from")
			.register(registry);
		quietWindows = seconds("longhaul.quiet.window", "How long the application was last kept quiet")
			.register(registry);
		size = MultiGauge.builder("longhaul.restore.point.size")
			.description("Blocks times block size of the newest restore point")
			.baseUnit("bytes")
			.register(registry);
		restorePoints = MultiGauge.builder("longhaul.restore.points")
			.description("Restore points that are recorded")
			.register(registry);
		clauses = MultiGauge.builder("longhaul.clause")
			.description("1 for the answer of each clause of 3-2-1-1-0, 0 for the others")
			.register(registry);
		Gauge.builder("longhaul.ledger.refresh.timestamp", this, ApplicationMeters::refreshedAt)
			.description("When all of the above was last compared with the bucket")
			.baseUnit("seconds")
			.register(registry);
		Gauge.builder("longhaul.refused.documents", this, ApplicationMeters::refusals)
			.description("Documents beside the backups that are not believed")
			.register(registry);
	}

	private static MultiGauge.Builder seconds(String name, String description) {
		return MultiGauge.builder(name).description(description).baseUnit("seconds");
	}

	/**
	 * Shows these applications and no others.
	 * @param quiet how long each was last kept quiet; without those that were not
	 */
	public void show(Overview overview, Map<ApplicationName, Duration> quiet) {
		shown.set(overview);
		List<ApplicationRow> rows = overview.applications();
		register(newestBackup, rows, row -> newest(row).map(newest -> seconds(newest.takenAt())));
		register(newestProof, rows, row -> Optional.ofNullable(row.newestProven()).map(ApplicationMeters::seconds));
		register(size, rows, row -> newest(row).map(newest -> newest.size().bytes()));
		register(restorePoints, rows, row -> Optional.of(row.points()));
		register(quietWindows, rows,
				row -> Optional.ofNullable(quiet.get(row.application())).map(window -> window.toMillis() / MILLIS));
		clauses.register(rows.stream().flatMap(ApplicationMeters::clauses).toList(), true);
	}

	private static void register(MultiGauge gauge, List<ApplicationRow> rows,
			Function<ApplicationRow, Optional<? extends Number>> value) {
		gauge.register(rows.stream()
			.flatMap(row -> value.apply(row)
				.map(number -> Row.of(Tags.of(APPLICATION, row.application().value()), number))
				.stream())
			.toList(), true);
	}

	private static Optional<ApplicationRow.Newest> newest(ApplicationRow row) {
		return Optional.ofNullable(row.newest());
	}

	private static Stream<Row<?>> clauses(ApplicationRow row) {
		return Arrays.stream(Clause.values())
			.flatMap(clause -> Arrays.stream(Answer.values())
				.map(answer -> Row.of(
						Tags.of(APPLICATION, row.application().value(), "clause", word(clause), "answer", word(answer)),
						(answer(row, clause) == answer) ? 1 : 0)));
	}

	/** What was never judged, nobody knows. */
	private static Answer answer(ApplicationRow row, Clause clause) {
		return Optional.ofNullable(row.judged())
			.map(judged -> judged.verdict().on(clause))
			.map(Judgement::answer)
			.orElse(Answer.UNKNOWN);
	}

	private static String word(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	private static double seconds(Instant moment) {
		return moment.toEpochMilli() / MILLIS;
	}

	private double refreshedAt() {
		return Optional.ofNullable(shown.get())
			.map(overview -> overview.freshness().completeAt())
			.map(ApplicationMeters::seconds)
			.orElse(Double.NaN);
	}

	private double refusals() {
		Overview overview = shown.get();
		return (overview != null) ? overview.refusals() : Double.NaN;
	}

}
