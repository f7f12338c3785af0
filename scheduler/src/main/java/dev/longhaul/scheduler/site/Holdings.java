package dev.longhaul.scheduler.site;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.ledger.ApplicationRow;
import dev.longhaul.scheduler.ledger.Coverage;
import dev.longhaul.scheduler.ledger.Overview;
import dev.longhaul.scheduler.ledger.Sizes;
import dev.longhaul.scheduler.ledger.Trend;
import dev.longhaul.scheduler.page.overview.BucketFigures;
import dev.longhaul.scheduler.page.picture.Sample;
import dev.longhaul.scheduler.rest.TargetView;
import org.jspecify.annotations.Nullable;

/**
 * What lies in the targets, as far as the ledger knows. Pure.
 * <p>
 * Restore points share blocks, and nobody counts these; so what is told of a target is
 * the size of the newest restore points, which share none.
 */
final class Holdings {

	private final Overview overview;

	private final List<Coverage> coverage;

	/**
	 * @param coverage of the last 30 days
	 */
	Holdings(Overview overview, List<Coverage> coverage) {
		this.overview = overview;
		this.coverage = coverage;
	}

	/** Of a target at one glance. */
	BucketFigures figures(TargetView target, Instant now) {
		double share = coverage(target).filter(all -> all.stored().size().bytes() > 0).map(Coverage::share).orElse(0.0);
		return new BucketFigures(target.name(), newest(target), isOwn(target) ? sizes(now) : List.of(), null, share);
	}

	/** The newest restore points of all applications; null if nothing is known there. */
	@Nullable ByteSize newest(TargetView target) {
		if (isOwn(target)) {
			return overview.freshness().completeAt() != null ? newest() : null;
		}
		return coverage(target).map(all -> all.stored().size()).orElse(null);
	}

	private ByteSize newest() {
		return new ByteSize(overview.applications()
			.stream()
			.map(ApplicationRow::newest)
			.mapToLong(newest -> (newest != null) ? newest.size().bytes() : 0)
			.reduce(0, Sizes::sum));
	}

	/** The targets of this server by the names that verdicts have for them. */
	private Optional<Coverage> coverage(TargetView target) {
		return coverage.stream().filter(place -> place.place().equals(target.url())).findFirst();
	}

	private static boolean isOwn(TargetView target) {
		return target.role().equals("target");
	}

	/** Of an application without a restore point on a day, the one before counts. */
	private List<Sample> sizes(Instant now) {
		LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
		List<LocalDate> days = Stream.iterate(today, day -> day.minusDays(1)).limit(ApplicationRows.DAYS).toList();
		long[] sums = new long[days.size()];
		overview.applications().forEach(row -> add(row.trend(), days, sums));
		List<Sample> samples = new ArrayList<>();
		for (int day = sums.length - 1; day >= 0; day--) {
			if (sums[day] > 0) {
				samples.add(ApplicationRows.sample(days.get(day), sums[day]));
			}
		}
		return samples;
	}

	/**
	 * @param days newest first, as those of the trend are
	 */
	private static void add(Trend trend, List<LocalDate> days, long[] sums) {
		Iterator<Trend.Day> older = trend.days().iterator();
		Trend.Day held = next(older);
		for (int day = 0; day < sums.length; day++) {
			while (held != null && held.date().isAfter(days.get(day))) {
				held = next(older);
			}
			sums[day] = (held != null) ? Sizes.sum(sums[day], held.size().bytes()) : sums[day];
		}
	}

	private static Trend.@Nullable Day next(Iterator<Trend.Day> days) {
		return days.hasNext() ? days.next() : null;
	}

}
