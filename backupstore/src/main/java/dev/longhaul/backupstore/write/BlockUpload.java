package dev.longhaul.backupstore.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.thread.Workers;

/**
 * Brings blocks of a snapshot into the target: looks for each first, and puts those that
 * are not there. Memory is bounded by the threads of the order times a block's size.
 */
final class BlockUpload {

	private final VolumeFiles files;

	private final BackupOrder order;

	private final SnapshotSource source;

	private final UploadProgress progress;

	private final CompressionMethod compression;

	private final ExecutorService workers;

	private final Map<Long, Checksum> blocks = new ConcurrentHashMap<>();

	/** Blocks of equal content are put once, also by threads that meet them at once. */
	private final Set<Checksum> seen = ConcurrentHashMap.newKeySet();

	private final AtomicInteger next = new AtomicInteger();

	private final AtomicInteger processed = new AtomicInteger();

	private final AtomicInteger newBlocks = new AtomicInteger();

	private final AtomicLong newBytes = new AtomicLong();

	private final AtomicLong againBytes = new AtomicLong();

	private volatile boolean stopped;

	BlockUpload(VolumeFiles files, BackupOrder order, SnapshotSource source, UploadProgress progress,
			CompressionMethod compression) {
		this.files = files;
		this.order = order;
		this.source = source;
		this.progress = progress;
		this.compression = compression;
		this.workers = Executors.newFixedThreadPool(order.threads(), Workers.named("upload-" + order.backup()));
	}

	Outcome run(BitSet delta) {
		int[] numbers = delta.stream().toArray();
		List<Future<?>> running = new ArrayList<>();
		for (int i = 0; i < order.threads(); i++) {
			running.add(workers.submit(() -> work(numbers)));
		}
		workers.shutdown();
		running.forEach(this::await);
		if (stopped) {
			throw interruption();
		}
		return new Outcome(blocks, newBlocks.get(), newBytes.get(), againBytes.get());
	}

	void stop() {
		stopped = true;
		workers.shutdownNow();
	}

	private Interruption interruption() {
		return new Interruption("the upload of backup '%s' was abandoned".formatted(order.backup()));
	}

	private void work(int[] numbers) {
		byte[] block = new byte[order.blockSize().bytes()];
		try {
			for (int i = next.getAndIncrement(); i < numbers.length && !stopped; i = next.getAndIncrement()) {
				upload(Math.multiplyExact((long) numbers[i], block.length), block);
				progress.processed(processed.incrementAndGet(), numbers.length);
			}
		}
		catch (RuntimeException | Error ex) {
			next.set(numbers.length);
			throw ex;
		}
	}

	private void upload(long offset, byte[] block) {
		readSnapshot(offset, block);
		Checksum checksum = Checksum.of(block, block.length);
		blocks.put(offset, checksum);
		if (!seen.add(checksum)) {
			return;
		}
		String key = files.layout().block(order.volume(), checksum);
		boolean stored = files.store().find(key).isPresent();
		if (stored && order.mode() == BackupMode.INCREMENTAL) {
			return;
		}
		byte[] encoded = BlockEncoder.encode(compression, block);
		files.store().put(key, encoded);
		if (stored) {
			againBytes.addAndGet(encoded.length);
		}
		else {
			newBlocks.incrementAndGet();
			newBytes.addAndGet(encoded.length);
		}
	}

	private void readSnapshot(long offset, byte[] block) {
		try {
			source.read(offset, block);
		}
		catch (IOException ex) {
			throw new TransientFailure(FailureCode.BACKUP_FAILED,
					"reading snapshot '%s' at %d failed: %s".formatted(source.name(), offset, ex.getMessage()),
					"look at the disk the snapshot is on", ex);
		}
	}

	private void await(Future<?> worker) {
		try {
			worker.get();
		}
		catch (InterruptedException ex) {
			stop();
			throw Interruption.of(ex, "uploading backup '%s'".formatted(order.backup()));
		}
		catch (ExecutionException ex) {
			throw stopped ? interruption() : unwrap(ex);
		}
	}

	private static RuntimeException unwrap(ExecutionException ex) {
		if (ex.getCause() instanceof LonghaulException failure) {
			return failure;
		}
		return new IllegalStateException("an upload thread failed", ex.getCause());
	}

	/**
	 * @param blocks offset to checksum, of the blocks looked at
	 * @param newBlocks how many were put that were not there before
	 * @param newBytes compressed bytes of those
	 * @param againBytes compressed bytes of blocks put although they were there
	 */
	record Outcome(Map<Long, Checksum> blocks, int newBlocks, long newBytes, long againBytes) {
	}

}
