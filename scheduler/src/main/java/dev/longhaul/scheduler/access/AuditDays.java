package dev.longhaul.scheduler.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Exports each day of the audit log when it is over. A day that could not be exported is
 * tried again every hour, with all days since.
 */
public final class AuditDays implements AutoCloseable {

	private static final System.Logger LOG = System.getLogger(AuditDays.class.getName());

	private static final Duration LOOK = Duration.ofHours(1);

	/** After the start, which has enough to do. */
	private static final Duration FIRST_LOOK = Duration.ofMinutes(5);

	private final AuditExports exports;

	private final Clock clock;

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
		Thread daemon = new Thread(work, "audit-export");
		daemon.setDaemon(true);
		return daemon;
	});

	private @Nullable Future<?> looks;

	/** Up to when everything is in the bucket. */
	private Instant exported = Instant.MIN;

	public AuditDays(AuditExports exports, Clock clock) {
		this.exports = exports;
		this.clock = clock;
	}

	public void begin() {
		looks = thread.scheduleWithFixedDelay(this::look, FIRST_LOOK.toSeconds(), LOOK.toSeconds(), TimeUnit.SECONDS);
	}

	/** Returns normally whatever fails: the next look has to come. */
	void look() {
		Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
		if (!exported.isBefore(today)) {
			return;
		}
		try {
			// More than one call writes is left for the next look.
			if (exports.export(today).size() < AuditExports.MOST_DOCUMENTS) {
				exported = today;
			}
		}
		catch (RuntimeException ex) {
			LOG.log(System.Logger.Level.WARNING, "the audit log is not in the bucket yet: {0}", ex.getMessage());
		}
	}

	@Override
	public void close() {
		if (looks != null) {
			looks.cancel(true);
		}
		thread.shutdownNow();
	}

}
