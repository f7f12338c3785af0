package dev.longhaul.simulator.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;

import dev.longhaul.backupstore.export.Export;
import dev.longhaul.backupstore.export.ExportListener;
import dev.longhaul.backupstore.format.BackupManifestParser;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.format.ReadManifest;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.simulator.engine.RestoreStatus.State;
import dev.longhaul.simulator.fault.Fault;

/**
 * One restore by an engine: takes all blocks of a backup from the target, checks each,
 * and lays them down as the image of a snapshot.
 */
final class EngineRestore {

	/** Longhorn's default per replica. */
	private static final Concurrency THREADS = new Concurrency(2);

	private final RestoreOrder order;

	private final Path image;

	private final UploadStore store;

	private final Target target;

	private final EngineParts parts;

	private final Adoption adoption;

	private final Runnable changed;

	private final int failing;

	private volatile RestoreStatus status;

	/**
	 * @param image to be made
	 * @param failing how many replicas give up, whatever they find
	 * @param changed runs after every change of the status
	 */
	EngineRestore(RestoreOrder order, Path image, Target target, EngineParts parts, int failing, Adoption adoption,
			Runnable changed) {
		this.order = order;
		this.image = image;
		this.target = target;
		this.parts = parts;
		this.adoption = adoption;
		this.changed = changed;
		this.failing = Math.min(failing, order.replicas());
		this.store = new UploadStore(target, order.source(), parts.faults(), parts.pause(), "", () -> {
		});
		this.status = new RestoreStatus(order, State.IN_PROGRESS, 0, 0, "");
	}

	/** Takes over the image when it is whole. */
	@FunctionalInterface
	interface Adoption {

		/**
		 * @param written the stretches that the backup holds
		 */
		void adopt(BitSet written) throws IOException;

	}

	RestoreStatus status() {
		return status;
	}

	/** From now on the target does not answer, so that it ends soon. */
	void abandon() {
		store.lose();
	}

	/** Runs to its end, whatever that is. */
	void run() {
		try {
			if (failing == order.replicas()) {
				fail("failed to restore backup %s: the disk of the replica is gone".formatted(order.backup()));
				return;
			}
			restore();
			report(State.COMPLETE, 100);
		}
		catch (Interruption ex) {
			// Its engine is gone, and nobody asks any more.
		}
		catch (LonghaulException ex) {
			fail(ex.fact());
		}
		catch (IOException | UncheckedIOException ex) {
			fail("failed to write %s: %s".formatted(image.getFileName(), ex.getMessage()));
		}
	}

	private void restore() throws IOException {
		try (RestoreLock lock = RestoreLock.acquire(store, target.layout(), order.source(), parts)) {
			new Export(store, target.layout(), parts.pause(), THREADS).export(order.source(), order.backup(), image,
					new Progress(lock));
			adoption.adopt(written());
		}
	}

	private BitSet written() throws IOException {
		BitSet offsets = new BitSet();
		ReadManifest read = new ObjectReader(store, parts.pause())
			.read(target.layout().manifest(order.source(), order.backup()), object -> {
				try {
					return BackupManifestParser.parse(object.content(), order.source(), order.backup(),
							(offset, checksum) -> offsets.set((int) (offset / ChainSnapshot.STRETCH)));
				}
				catch (MalformedException ex) {
					throw new IOException(ex);
				}
			})
			.orElseThrow(() -> new IOException("the manifest was deleted meanwhile"));
		int stretchesOfBlock = read.manifest().blockSize().bytes() / ChainSnapshot.STRETCH;
		BitSet written = new BitSet();
		offsets.stream().forEach(first -> written.set(first, first + stretchesOfBlock));
		return written;
	}

	private void fail(String error) {
		status = new RestoreStatus(order, State.ERROR, status.progress(), order.replicas(), error);
		changed.run();
	}

	private void report(State state, int progress) {
		String error = (failing > 0)
				? "failed to restore backup %s: the disk of the replica is gone".formatted(order.backup()) : "";
		status = new RestoreStatus(order, state, progress, failing, error);
		changed.run();
	}

	/** Longhorn's own arithmetic: 95 per cent are blocks. */
	private final class Progress implements ExportListener {

		private final RestoreLock lock;

		private final AtomicLong done = new AtomicLong();

		private volatile long blocks = 1;

		Progress(RestoreLock lock) {
			this.lock = lock;
		}

		@Override
		public void planned(long planned) {
			blocks = Math.max(1, planned);
		}

		@Override
		public void blockWritten(long storedBytes) {
			lock.refresh();
			int progress = (int) Math.min(95, done.incrementAndGet() * 95 / blocks);
			if (progress > status.progress()) {
				report(State.IN_PROGRESS, progress);
			}
		}

	}

}
