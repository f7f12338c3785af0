package dev.longhaul.restore.bucket;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import dev.longhaul.backupstore.write.BackupstoreWriter;
import dev.longhaul.backupstore.write.VolumeLock;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.thread.Workers;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;

/**
 * Longhorn's own locks on volumes, as it takes one for each restore, held from before the
 * first restore until after the last. Longhorn's deletions and Longhaul's give way to
 * them, in any cluster. One that a killed run left counts for nothing after
 * {@link dev.longhaul.backupstore.format.Lock#VALIDITY}.
 */
final class HeldVolumes implements SourceBucket.Hold {

	/** Each attempt waits two seconds, and does nothing else. */
	private static final int AT_ONCE = 16;

	private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE, Workers.named("restore-lock"));

	private final Deque<Future<Optional<VolumeLock>>> attempts = new ArrayDeque<>();

	private final List<VolumeLock> locks = new ArrayList<>();

	private final Consumer<String> notes;

	private HeldVolumes(Consumer<String> notes) {
		this.notes = notes;
	}

	/**
	 * @param patience with a deletion under way
	 */
	static HeldVolumes begin(BackupstoreWriter writer, Collection<VolumeName> volumes, Patience patience, Clock clock,
			Pause pause, Consumer<String> notes) {
		HeldVolumes held = new HeldVolumes(notes);
		for (VolumeName volume : Set.copyOf(volumes)) {
			held.attempts.add(held.workers.submit(() -> patience.await(clock, pause,
					"the end of a deletion of backups of " + volume, () -> writer.tryLock(volume))));
		}
		held.workers.shutdown();
		return held;
	}

	@Override
	public void await() {
		try {
			while (!attempts.isEmpty()) {
				Future<Optional<VolumeLock>> attempt = attempts.element();
				outcome(attempt).ifPresentOrElse(locks::add, () -> notes
					.accept("no lock keeps deletions away: backups of a volume have been deleted for minutes now"));
				attempts.remove();
			}
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "waiting for deletions to end");
		}
	}

	/** Empty if a deletion goes on, or nothing can be known. */
	private Optional<VolumeLock> outcome(Future<Optional<VolumeLock>> attempt) throws InterruptedException {
		try {
			return attempt.get();
		}
		catch (ExecutionException ex) {
			if (!(ex.getCause() instanceof LonghaulException failure)) {
				throw new IllegalStateException("taking a lock fails as calls of a store do", ex);
			}
			notes.accept("a lock could not be taken: " + failure.fact());
			return Optional.empty();
		}
	}

	/** Also when the thread was told to stop: that is when it matters most. */
	@Override
	public void close() {
		boolean interrupted = Thread.interrupted();
		workers.shutdownNow();
		try {
			for (Future<Optional<VolumeLock>> attempt : attempts) {
				outcome(attempt).ifPresent(locks::add);
			}
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		finally {
			attempts.clear();
			locks.forEach(this::release);
			locks.clear();
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void release(VolumeLock lock) {
		try {
			lock.release();
		}
		catch (TransientFailure | RefusedRequest | OutcomeUnknown ex) {
			notes.accept("a lock is left behind, and counts for nothing in some minutes: " + ex.fact());
		}
	}

}
