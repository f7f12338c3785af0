package dev.longhaul.backupstore.write;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import dev.longhaul.backupstore.format.Lock;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.format.StoreKey;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.thread.Workers;
import dev.longhaul.core.time.Pause;

/**
 * A lock in a volume's folder, held and refreshed until it is released.
 * <p>
 * Longhorn's protocol, which has no atomic step: put it, wait until everybody who came at
 * the same moment is visible, and give way to any lock of the other type that sorts
 * before it. There is one attempt; whoever loses tries again later. Two clocks more than
 * {@link Lock#VALIDITY} apart break it.
 */
public final class VolumeLock implements AutoCloseable {

	private static final System.Logger LOG = System.getLogger(VolumeLock.class.getName());

	/** Held ones first, then the older, then by name. */
	private static final Comparator<Lock> PRECEDENCE = Comparator.comparing(Lock::acquired)
		.reversed()
		.thenComparing(Lock::lastModified)
		.thenComparing(Lock::name);

	private static final SecureRandom RANDOM = new SecureRandom();

	private final VolumeFiles files;

	private final String name;

	private final Lock.Type type;

	private final String key;

	private final Clock clock;

	private final ScheduledExecutorService refresher;

	private volatile Instant lastPut;

	/** Whether it once was older than what others take for held. */
	private volatile boolean lapsed;

	private VolumeLock(VolumeFiles files, Lock.Type type, Clock clock) {
		this.files = files;
		this.clock = clock;
		this.lastPut = clock.instant();
		this.name = "lock-" + HexFormat.of().toHexDigits(RANDOM.nextLong());
		this.type = type;
		this.key = files.layout().lock(files.volume(), name);
		this.refresher = Executors.newSingleThreadScheduledExecutor(Workers.named(name));
	}

	/**
	 * @param purpose for the message: {@code backup create}
	 * @throws TransientFailure if a lock of the other type is in the way
	 */
	static VolumeLock acquire(VolumeFiles files, Lock.Type type, String purpose, LockPace pace, Clock clock,
			Pause pause) {
		VolumeLock lock = new VolumeLock(files, type, clock);
		if (lock.attempt(pace, pause)) {
			return lock;
		}
		throw new TransientFailure(FailureCode.TARGET_REFUSED,
				"failed to acquire lock %s when performing %s, please try again later".formatted(lock.key, purpose),
				"wait until the other operation on the volume is done");
	}

	/**
	 * @return empty if a lock of the other type is in the way
	 */
	static Optional<VolumeLock> tryAcquire(VolumeFiles files, Lock.Type type, LockPace pace, Clock clock, Pause pause) {
		VolumeLock lock = new VolumeLock(files, type, clock);
		return lock.attempt(pace, pause) ? Optional.of(lock) : Optional.empty();
	}

	/**
	 * @return whether it is held now; nothing is left of it if it is not
	 */
	private boolean attempt(LockPace pace, Pause pause) {
		try {
			put(false);
			settle(pace, pause);
			if (!isBlocked(clock.instant())) {
				put(true);
				refreshEvery(pace);
				return true;
			}
		}
		catch (RuntimeException ex) {
			giveUp(ex);
			throw ex;
		}
		release();
		return false;
	}

	/** What ended the attempt is told first. */
	private void giveUp(RuntimeException reason) {
		try {
			release();
		}
		catch (LonghaulException ex) {
			reason.addSuppressed(ex);
		}
	}

	private void put(boolean acquired) {
		Instant now = clock.instant();
		if (!Lock.isLive(lastPut, now)) {
			lapsed = true;
		}
		files.store()
			.put(key,
					GoJson.object()
						.string("Name", name)
						.number("Type", numberOf(type))
						.truth("Acquired", acquired)
						.bytes());
		lastPut = now;
	}

	/**
	 * Makes sure that it was never older than others let it count, as it is after this
	 * machine slept or the store was away: a deletion may have begun then.
	 * @throws TransientFailure if it was
	 */
	public void requireHeld() {
		if (lapsed || !Lock.isLive(lastPut, clock.instant())) {
			throw new TransientFailure(FailureCode.TIMED_OUT,
					"the lock %s could not be refreshed in time, and may have counted for nothing meanwhile"
						.formatted(key),
					"run the same command again; it goes on from what is there");
		}
	}

	private static int numberOf(Lock.Type type) {
		return switch (type) {
			case UNTYPED -> 0;
			case BACKUP_OR_RESTORE -> 1;
			case DELETION -> 2;
		};
	}

	private void settle(LockPace pace, Pause pause) {
		try {
			pause.of(pace.settle());
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "waiting for other locks to become visible");
		}
	}

	private boolean isBlocked(Instant now) {
		List<Lock> locks = new ArrayList<>();
		new Listing(files.store(), files.layout().locksPrefix(files.volume())).forEachRemaining(object -> files.layout()
			.parse(object.key())
			.filter(StoreKey.LockKey.class::isInstance)
			.flatMap(lock -> read(object.key()))
			.ifPresent(locks::add));
		Optional<Lock> own = locks.stream().filter(lock -> lock.name().equals(name)).findAny();
		return locks.stream()
			.filter(lock -> lock.type() != type && lock.isLive(now))
			.anyMatch(lock -> own.isEmpty() || PRECEDENCE.compare(lock, own.get()) < 0);
	}

	/** A lock that cannot be read counts for nothing, as one that is gone. */
	private Optional<Lock> read(String lockKey) {
		return files.reader().read(lockKey, object -> {
			try {
				return Optional.of(Lock.parse(object.content(), object.info().lastModified()));
			}
			catch (MalformedException ex) {
				return Optional.<Lock>empty();
			}
		}).flatMap(found -> found);
	}

	private void refreshEvery(LockPace pace) {
		long millis = pace.refresh().toMillis();
		ScheduledFuture<?> unused = refresher.scheduleWithFixedDelay(this::refresh, millis, millis,
				TimeUnit.MILLISECONDS);
	}

	/** One that fails is made up for by the next: a lock outlives two refreshes. */
	private void refresh() {
		try {
			put(true);
		}
		catch (LonghaulException ex) {
			LOG.log(System.Logger.Level.WARNING, "could not refresh the lock {0}: {1}", key, ex.fact());
		}
	}

	/** Stops refreshing and leaves the lock where it is, as a killed process does. */
	void abandon() {
		refresher.shutdownNow();
	}

	/**
	 * Removes it, also when the thread was told to stop: that is when it matters most. A
	 * thread that is interrupted could not call a store.
	 */
	public void release() {
		boolean interrupted = Thread.interrupted();
		try {
			refresher.shutdown();
			awaitRefresher();
			files.delete(key);
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/** Releases it. */
	@Override
	public void close() {
		release();
	}

	/** A refresh under way would put the lock back after it was deleted. */
	private void awaitRefresher() {
		try {
			if (!refresher.awaitTermination(10, TimeUnit.SECONDS)) {
				LOG.log(System.Logger.Level.WARNING, "a refresh of the lock {0} hangs; it may outlive its owner", key);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
