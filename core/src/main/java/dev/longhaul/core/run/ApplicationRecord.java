package dev.longhaul.core.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of one application.
 *
 * @param points its restore points, newest first
 * @param judged its newest verdict; null if it was never judged
 */
public record ApplicationRecord(ApplicationName application, List<Point> points, @Nullable Judged judged) {

	public ApplicationRecord {
		points = List.copyOf(points);
	}

	/**
	 * @param proof what reading it back showed, in its own night or later
	 * @param exports what was kept beside its backups; removed meanwhile, perhaps
	 */
	public record Point(Night night, RestorePoint restorePoint, Proof proof, List<StoredExport> exports) {

		public Point {
			exports = List.copyOf(exports);
		}

		/** One beside which nothing was exported. */
		public Point(Night night, RestorePoint restorePoint, Proof proof) {
			this(night, restorePoint, proof, List.of());
		}

	}

	/** A verdict and when it was reached. */
	public record Judged(Verdict verdict, Instant at) {
	}

	/** The time of the data of the newest restore point that was proven. */
	public Optional<Instant> newestProven() {
		return points.stream()
			.filter(point -> point.proof() instanceof Proof.Proven)
			.map(point -> point.restorePoint().takenAt())
			.max(Comparator.naturalOrder());
	}

	/**
	 * The longest that data was without a proven restore point, within a span up to now.
	 * @return empty if none was ever proven
	 */
	public Optional<Duration> longestGap(Instant now, Duration span) {
		return longestGap(points.stream()
			.filter(point -> point.proof() instanceof Proof.Proven)
			.map(point -> point.restorePoint().takenAt())
			.toList(), now, span);
	}

	/**
	 * Measured from one proven restore point to the next, and from the newest to now.
	 * @param proven the times of their data
	 */
	public static Optional<Duration> longestGap(List<Instant> proven, Instant now, Duration span) {
		if (proven.isEmpty()) {
			return Optional.empty();
		}
		List<Instant> all = Stream.concat(proven.stream().sorted(), Stream.of(now)).toList();
		return IntStream.range(1, all.size())
			.filter(end -> !all.get(end).isBefore(now.minus(span)))
			.mapToObj(end -> Duration.between(all.get(end - 1), all.get(end)))
			.max(Comparator.naturalOrder());
	}

}
