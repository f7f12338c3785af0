package dev.longhaul.scheduler.news;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.scheduler.kit.KitWatch;
import dev.longhaul.scheduler.ledger.ApplicationRow;
import dev.longhaul.scheduler.ledger.Ledger;
import dev.longhaul.scheduler.ledger.Overview;
import dev.longhaul.scheduler.ledger.StoredPoint;
import dev.longhaul.scheduler.metric.ApplicationMeters;
import dev.longhaul.scheduler.notification.Notifier;
import dev.longhaul.scheduler.wording.VerdictTable.Row;
import org.jspecify.annotations.Nullable;

/**
 * Looks how the applications stand: at the start, whenever a run is over, and now and
 * then, because others write to the bucket, too. Ledger, meters and notifications follow;
 * and the recovery kit is looked at when it is time to.
 */
public final class StandingWatch implements AutoCloseable {

	private static final System.Logger LOG = System.getLogger(StandingWatch.class.getName());

	/** A listing costs a call for a thousand objects. */
	private static final Duration NOW_AND_THEN = Duration.ofMinutes(15);

	/** For a look that is under way; what it does not end is done at the next start. */
	private static final Duration FAREWELL = Duration.ofSeconds(3);

	private final Ledger ledger;

	private final ApplicationMeters meters;

	private final Notifier notifier;

	private final KitWatch kit;

	private final Semaphore asked = new Semaphore(0);

	private final Thread thread = new Thread(this::keepLooking, "standing");

	/** What was last said of a bucket that cannot be read; it is said once. */
	private @Nullable String trouble;

	public StandingWatch(Ledger ledger, ApplicationMeters meters, Notifier notifier, KitWatch kit) {
		this.ledger = ledger;
		this.meters = meters;
		this.notifier = notifier;
		this.kit = kit;
	}

	/** Begins to look, and to deliver notifications. Once. */
	public void start() {
		notifier.start();
		thread.setDaemon(true);
		thread.start();
	}

	/** Looks soon. Returns at once; all who ask until then get one look. */
	public void look() {
		asked.release();
	}

	private void keepLooking() {
		try {
			while (true) {
				lookNow();
				asked.tryAcquire(NOW_AND_THEN.toSeconds(), TimeUnit.SECONDS);
				asked.drainPermits();
			}
		}
		catch (InterruptedException | Interruption ex) {
			LOG.log(Level.DEBUG, "told to stop");
		}
	}

	/** A look that fails does not keep the next one from coming. */
	private void lookNow() {
		try {
			refresh();
			Overview overview = ledger.overview();
			meters.show(overview, quietWindows(overview));
			notifier.judged(rows(overview));
			kit.look();
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			LOG.log(Level.WARNING, "how the applications stand cannot be looked up", ex);
		}
	}

	/** Without it, what is shown is as old as it was. */
	private void refresh() {
		String now = null;
		try {
			ledger.refresh();
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			now = "%s   [%s]".formatted(ex.fact(), ex.code());
		}
		if (now != null && !Objects.equals(now, trouble)) {
			LOG.log(Level.WARNING, "the ledger is as old as it was: {0}", now);
		}
		trouble = now;
	}

	/** As tables of verdicts show them. */
	public static List<Row> rows(Overview overview) {
		return overview.applications()
			.stream()
			.map(row -> Row.of(row.application(), row.judged(), row.newestProven()))
			.toList();
	}

	private Map<ApplicationName, Duration> quietWindows(Overview overview) {
		Map<ApplicationName, Duration> windows = new HashMap<>();
		for (ApplicationRow row : overview.applications()) {
			ledger.restorePoints(row.application(), null, 1)
				.entries()
				.stream()
				.map(StoredPoint::quiet)
				.flatMap(Stream::ofNullable)
				.forEach(window -> windows.put(row.application(), window.lasted()));
		}
		return windows;
	}

	@Override
	public void close() {
		thread.interrupt();
		try {
			thread.join(FAREWELL.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
