package dev.longhaul.scheduler.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.run.ApplicationRecord.Point;
import dev.longhaul.core.run.Recorded;
import dev.longhaul.scheduler.ledger.PointDetails.Export;
import dev.longhaul.scheduler.ledger.PointDetails.Part;

import static org.assertj.core.api.Assertions.assertThat;

/** A ledger, read through all its questions, against its bucket, read as a whole. */
final class WholeReading {

	private final Ledger ledger;

	private final RunCatalog catalog;

	private final Instant now;

	/**
	 * @param now when the ledger was refreshed
	 */
	WholeReading(Ledger ledger, RunCatalog catalog, Instant now) {
		this.ledger = ledger;
		this.catalog = catalog;
		this.now = now;
	}

	void requireEqual(String when) {
		Recorded recorded = catalog.readAll();
		Overview overview = ledger.overview();
		assertThat(overview.applications()).as(when)
			.extracting(ApplicationRow::application)
			.containsExactlyInAnyOrderElementsOf(
					recorded.applications().stream().map(ApplicationRecord::application).toList());
		assertThat(overview.applications()).as(when).isSortedAccordingTo(Overview.WORST_FIRST);
		recorded.applications().forEach(expected -> requireEqual(when, expected));
		assertThat(ledger.refusals()).as(when).containsExactlyInAnyOrderElementsOf(recorded.refusals());
		assertThat(overview.refusals()).as(when).isEqualTo(recorded.refusals().size());
		assertThat(overview.freshness()).as(when).isEqualTo(new Freshness(now, null, null));
	}

	private void requireEqual(String when, ApplicationRecord expected) {
		ApplicationDetails found = ledger.application(expected.application(), now).orElseThrow();
		assertThat(found.row().judged()).as(when).isEqualTo(expected.judged());
		assertThat(found.row().newestProven()).as(when).isEqualTo(expected.newestProven().orElse(null));
		assertThat(found.longestGap()).as(when).isEqualTo(expected.longestGap(now, Duration.ofDays(30)).orElse(null));
		assertThat(found.row().points()).as(when).isEqualTo(expected.points().size());
		List<StoredPoint> points = LedgerScene.all(after -> ledger.restorePoints(expected.application(), after, 3));
		assertThat(points).as(when)
			.isSortedAccordingTo(Comparator.comparing(StoredPoint::takenAt).reversed())
			.extracting(StoredPoint::night)
			.containsExactlyInAnyOrderElementsOf(expected.points().stream().map(Point::night).toList());
		expected.points().forEach(point -> requireEqual(when, expected.application(), point));
	}

	private void requireEqual(String when, ApplicationName application, Point expected) {
		PointDetails found = ledger.restorePoint(application, expected.night()).orElseThrow();
		RestorePoint point = expected.restorePoint();
		assertThat(found.point().proof()).as(when).isEqualTo(expected.proof());
		assertThat(found.point().takenAt()).as(when).isEqualTo(point.takenAt());
		assertThat(found.point().spread()).as(when).isEqualTo(point.spread());
		assertThat(found.point().quiet()).as(when).isEqualTo(point.quiet());
		assertThat(found.parts()).as(when)
			.isEqualTo(point.backups()
				.stream()
				.map(backup -> new Part(backup.claim(), backup.volume(), backup.snapshot(), backup.snapshotAt(),
						backup.backup(), backup.size()))
				.toList());
		assertThat(found.exports().stream().filter(Export.Kept.class::isInstance)).as(when)
			.extracting(Export::name)
			.containsExactlyElementsOf(expected.exports().stream().map(StoredExport::name).toList());
	}

}
