package dev.longhaul.restore.bucket;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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

	private final List<VolumeLock> locks = new ArrayList<>();

	private final Consumer<String> notes;

	private HeldVolumes(Consumer<String> notes) {
		this.notes = notes;
	}

	/**
	 * @param patience with a deletion under way
	 */
	static HeldVolumes hold(BackupstoreWriter writer, Collection<VolumeName> volumes, Patience patience, Clock clock,
			Pause pause, Consumer<String> notes) {
		HeldVolumes held = new HeldVolumes(notes);
		ExecutorService attempts = Executors.newFixedThreadPool(AT_ONCE, Workers.named("restore-lock"));
		try {
			List<Future<Optional<VolumeLock>>> futures = volumes.stream()
				.distinct()
				.map(volume -> attempts.submit(() -> patience.await(clock, pause,
						"the end of a deletion of backups of " + volume, () -> writer.tryLock(volume))))
				.toList();
			for (Future<Optional<VolumeLock>> future : futures) {
				held.take(future);
			}
			return held;
		}
		catch (InterruptedException ex) {
			held.close();
			throw Interruption.of(ex, "waiting for deletions to end");
		}
		finally {
			attempts.shutdownNow();
		}
	}

	private void take(Future<Optional<VolumeLock>> attempt) throws InterruptedException {
		try {
			attempt.get()
				.ifPresentOrElse(locks::add,
						() -> notes.accept("backups of a volume are being deleted for minutes now; Longhorn may "
								+ "have to be asked again"));
		}
		catch (ExecutionException ex) {
			if (!(ex.getCause() instanceof LonghaulException failure)) {
				throw new IllegalStateException("taking a lock fails as calls of a store do", ex);
			}
			notes.accept("no lock keeps deletions away until Longhorn takes its own: " + failure.fact());
		}
	}

	@Override
	public void close() {
		for (VolumeLock lock : locks) {
			try {
				lock.release();
			}
			catch (TransientFailure | RefusedRequest | OutcomeUnknown ex) {
				notes.accept("a lock is left behind, and counts for nothing in some minutes: " + ex.fact());
			}
		}
		locks.clear();
	}

}
