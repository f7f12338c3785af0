package dev.longhaul.scheduler.drift;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.gitops.drift.Drift;
import dev.longhaul.gitops.drift.DriftCheck;
import dev.longhaul.gitops.drift.InCluster;
import dev.longhaul.gitops.drift.Places;
import dev.longhaul.gitops.drift.Source;
import dev.longhaul.gitops.repository.InForce;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Compares the definitions in force with cluster and bucket: at every new revision, and
 * from time to time. Not for several threads.
 */
public final class DriftWatch {

	/** Between two looks at one revision: a look lists the nights, which bills calls. */
	static final Duration INTERVAL = Duration.ofHours(1);

	private final LonghornConnection connection;

	private final VolumeCluster cluster;

	private final RunCatalog catalog;

	private final DriftGauges gauges;

	private final Clock clock;

	private final DriftNews news = new DriftNews();

	private String revision = "";

	private Instant next = Instant.MIN;

	public DriftWatch(LonghornConnection connection, VolumeCluster cluster, RunCatalog catalog, MeterRegistry registry,
			Clock clock) {
		this.connection = connection;
		this.cluster = cluster;
		this.catalog = catalog;
		this.gauges = new DriftGauges(registry);
		this.clock = clock;
	}

	/**
	 * Looks, if it is time to. Whoever cannot be asked is told among the news.
	 * @return what is new since the last look, a line each
	 */
	public List<String> look(InForce inForce) {
		Instant now = clock.instant();
		if (revision.equals(inForce.revision().id()) && now.isBefore(next)) {
			return List.of();
		}
		revision = inForce.revision().id();
		next = now.plus(INTERVAL);
		Drift drift = compare(inForce, now);
		gauges.hold(drift);
		return news.of(drift);
	}

	private Drift compare(InForce inForce, Instant now) {
		DriftCheck check = new DriftCheck(inForce.definitions(), Places.unknown(), now);
		ask(check, Source.CLUSTER, () -> check.againstCluster(
				InCluster.look(cluster, connection.recurringJobs(), connection.quietRecords(), inForce.definitions())));
		ask(check, Source.TARGET, () -> check.againstNights(catalog.nights()));
		return check.drift();
	}

	private static void ask(DriftCheck check, Source source, Runnable question) {
		try {
			question.run();
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			check.without(source, "%s   [%s]".formatted(ex.fact(), ex.code()));
		}
	}

}
