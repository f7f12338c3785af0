package dev.longhaul.scheduler.site;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.ApplicationRecord.Judged;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.ledger.ApplicationRow.Newest;
import dev.longhaul.scheduler.ledger.Overview;
import dev.longhaul.scheduler.ledger.Trend;
import dev.longhaul.scheduler.page.overview.ApplicationRow;
import dev.longhaul.scheduler.page.picture.Sample;
import org.jspecify.annotations.Nullable;

/**
 * How applications stand, with what comes next of each. Pure.
 */
final class ApplicationRows {

	static final int DAYS = 30;

	private static final Trend NO_TREND = new Trend(List.of());

	private final Outlook outlook;

	private final Remedies remedies;

	private final LocalDate today;

	ApplicationRows(Outlook outlook, Remedies remedies, Instant now) {
		this.outlook = outlook;
		this.remedies = remedies;
		this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
	}

	/**
	 * Those that the ledger knows, and those that are declared and it does not know yet;
	 * each without what it needs only to be shown.
	 */
	List<ApplicationRow> of(Overview overview) {
		Set<ApplicationName> known = new HashSet<>();
		List<ApplicationRow> rows = new ArrayList<>();
		for (dev.longhaul.scheduler.ledger.ApplicationRow row : overview.applications()) {
			known.add(row.application());
			rows.add(brief(row));
		}
		outlook.applications()
			.stream()
			.map(ApplicationDefinition::name)
			.filter(name -> !known.contains(name))
			.forEach(name -> rows.add(brief(name)));
		return rows;
	}

	/** Adds what a row needs to be shown: few of many are. */
	UnaryOperator<ApplicationRow> shown(Overview overview) {
		Map<ApplicationName, Trend> trends = overview.applications()
			.stream()
			.collect(Collectors.toMap(dev.longhaul.scheduler.ledger.ApplicationRow::application,
					dev.longhaul.scheduler.ledger.ApplicationRow::trend));
		return row -> shown(row, trends.getOrDefault(row.name(), NO_TREND));
	}

	/** One that the ledger knows. */
	ApplicationRow of(dev.longhaul.scheduler.ledger.ApplicationRow row) {
		return shown(brief(row), row.trend());
	}

	/** One that is declared, and nothing more. */
	ApplicationRow unknown(ApplicationName name) {
		return shown(brief(name), NO_TREND);
	}

	private ApplicationRow brief(dev.longhaul.scheduler.ledger.ApplicationRow row) {
		Judged judged = row.judged();
		Newest newest = row.newest();
		Verdict verdict = (judged != null) ? judged.verdict() : ApplicationRow.unjudged(row.application());
		return brief(verdict, row.newestProven(), (newest != null) ? newest.size() : ByteSize.ZERO);
	}

	private ApplicationRow brief(ApplicationName name) {
		return brief(ApplicationRow.unjudged(name), null, ByteSize.ZERO);
	}

	/** Nobody starts restored applications yet, so nothing is known of that. */
	private ApplicationRow brief(Verdict verdict, @Nullable Instant proven, ByteSize size) {
		ApplicationName name = verdict.application();
		return new ApplicationRow(verdict, Map.of(), proven, null, outlook.goal(name), size, List.of(),
				outlook.next(name));
	}

	private ApplicationRow shown(ApplicationRow row, Trend trend) {
		return row.with(remedies.of(row.verdict()), samples(trend));
	}

	private List<Sample> samples(Trend trend) {
		List<Sample> samples = new ArrayList<>();
		trend.upTo(today, DAYS).days().forEach(day -> samples.add(sample(day.date(), day.size().bytes())));
		Collections.reverse(samples);
		return samples;
	}

	static Sample sample(LocalDate day, long bytes) {
		return new Sample(day.atStartOfDay(ZoneOffset.UTC).toInstant(), bytes);
	}

}
