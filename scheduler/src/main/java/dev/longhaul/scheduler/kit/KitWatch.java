package dev.longhaul.scheduler.kit;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.kit.KitRecord;
import dev.longhaul.core.kit.KitStanding;
import dev.longhaul.scheduler.notification.Occasion;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Looks at the start and once a day whether the newest recovery kit that is recorded
 * holds the credentials in force, and says it when it does not. Not for several threads.
 */
public final class KitWatch {

	/** A look is a get, and some seconds of hashing. */
	static final Duration INTERVAL = Duration.ofDays(1);

	/** After one that failed. */
	static final Duration AGAIN = Duration.ofHours(1);

	private static final System.Logger LOG = System.getLogger(KitWatch.class.getName());

	private final Supplier<Optional<KitRecord>> newest;

	private final CredentialsInForce inForce;

	private final KitMeters meters;

	private final Consumer<Occasion> notifier;

	private final Clock clock;

	private Instant next = Instant.MIN;

	/** What was last said; it is said once. */
	private String said = "";

	/**
	 * @param newest what is recorded beside the backups; may fail
	 * @param notifier is told once of a kit that is old
	 */
	public KitWatch(Supplier<Optional<KitRecord>> newest, CredentialsInForce inForce, MeterRegistry meters,
			Consumer<Occasion> notifier, Clock clock) {
		this.newest = newest;
		this.inForce = inForce;
		this.meters = new KitMeters(meters);
		this.notifier = notifier;
		this.clock = clock;
	}

	/** Looks, if it is time to. */
	public void look() {
		Instant now = clock.instant();
		if (now.isBefore(next)) {
			return;
		}
		try {
			next = now.plus(INTERVAL);
			tell(standing());
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			next = now.plus(AGAIN);
			meters.unknown();
			say(Level.WARNING,
					"whether the recovery kit is old cannot be looked up: %s   [%s]".formatted(ex.fact(), ex.code()));
		}
	}

	private KitStanding standing() {
		Optional<KitRecord> found = newest.get();
		if (found.isEmpty()) {
			return new KitStanding.Missing();
		}
		KitStanding standing = found.get().compare(inForce.own());
		if (standing instanceof KitStanding.Current) {
			return standing;
		}
		// A kit holds Longhorn's key, where the server has another one.
		return inForce.ofLonghorn().map(found.get()::compare).orElse(standing);
	}

	private void tell(KitStanding standing) {
		meters.show(standing);
		if (standing instanceof KitStanding.Outdated outdated) {
			if (say(Level.WARNING, standing.sentence())) {
				notifier.accept(new Occasion.KitOutdated(outdated));
			}
		}
		else {
			say(Level.INFO, standing.sentence());
		}
	}

	private boolean say(Level level, String sentence) {
		boolean isNew = !sentence.equals(said);
		if (isNew) {
			LOG.log(level, "{0}", sentence);
		}
		said = sentence;
		return isNew;
	}

}
