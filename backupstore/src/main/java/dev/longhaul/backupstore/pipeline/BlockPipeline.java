package dev.longhaul.backupstore.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.BlockDecoder;
import dev.longhaul.backupstore.format.BlockFinding;
import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.ObjectTooLargeException;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * Fetches blocks, decompresses them, compares their checksums and hands them on. At any
 * time it holds one block per thread, and asks for the next only when a thread is free.
 */
public final class BlockPipeline {

	private static final long STOP_SECONDS = 30;

	private final ObjectReader reader;

	private final BackupstoreLayout layout;

	private final Concurrency concurrency;

	public BlockPipeline(ObjectStore store, BackupstoreLayout layout, Pause pause, Concurrency concurrency) {
		this.reader = new ObjectReader(store, pause);
		this.layout = layout;
		this.concurrency = concurrency;
	}

	/**
	 * Runs until every block was handed to the sink.
	 * @param blocks asked for the next one by one thread at a time
	 * @throws IOException what the sink threw; no further block is fetched after it
	 * @throws dev.longhaul.core.failure.LonghaulException if the store could not be read,
	 * which says nothing about the blocks not handed on yet
	 * @throws Interruption if the calling thread is told to stop
	 */
	public void run(VolumeName volume, BlockSize blockSize, Iterator<WantedBlock> blocks, BlockSink sink)
			throws IOException {
		int threads = concurrency.within(Runtime.getRuntime().maxMemory(), blockSize);
		ExecutorService workers = Executors.newFixedThreadPool(threads, BlockPipeline::daemon);
		try {
			CompletionService<Void> running = new ExecutorCompletionService<>(workers);
			List<Future<Void>> futures = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				futures.add(running.submit(() -> work(volume, blockSize, blocks, sink)));
			}
			for (int i = 0; i < futures.size(); i++) {
				running.take().get();
			}
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "reading blocks of " + volume);
		}
		catch (ExecutionException ex) {
			throw rethrow(ex);
		}
		finally {
			stop(workers);
		}
	}

	private @Nullable Void work(VolumeName volume, BlockSize blockSize, Iterator<WantedBlock> blocks, BlockSink sink)
			throws IOException {
		BlockDecoder decoder = new BlockDecoder(blockSize);
		Optional<WantedBlock> next = next(blocks);
		while (next.isPresent()) {
			fetch(volume, blockSize, decoder, next.get(), sink);
			next = next(blocks);
		}
		return null;
	}

	private static Optional<WantedBlock> next(Iterator<WantedBlock> blocks) {
		synchronized (blocks) {
			return (!Thread.currentThread().isInterrupted() && blocks.hasNext()) ? Optional.of(blocks.next())
					: Optional.empty();
		}
	}

	private void fetch(VolumeName volume, BlockSize blockSize, BlockDecoder decoder, WantedBlock block, BlockSink sink)
			throws IOException {
		String key = layout.block(volume, block.checksum());
		try {
			Optional<byte[]> stored = reader.readFully(key, BlockDecoder.maxStoredSize(blockSize));
			if (stored.isEmpty()) {
				sink.missing(block);
				return;
			}
			sink.read(block, stored.get().length, decoder.decode(stored.get(), block.declared(), block.checksum()));
		}
		catch (ObjectTooLargeException ex) {
			sink.read(block, 0, new BlockFinding.Undecodable("is not a block: " + ex.getMessage()));
		}
	}

	/** Waits for the workers to let go of the sink, so that its owner may clean up. */
	private static void stop(ExecutorService workers) {
		workers.shutdownNow();
		boolean interrupted = Thread.interrupted();
		try {
			workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private static IOException rethrow(ExecutionException failure) {
		Throwable cause = failure.getCause();
		if (cause instanceof RuntimeException unchecked) {
			throw unchecked;
		}
		if (cause instanceof Error error) {
			throw error;
		}
		return (cause instanceof IOException io) ? io : new IOException(failure);
	}

	private static Thread daemon(Runnable work) {
		Thread thread = new Thread(work, "block-reader");
		thread.setDaemon(true);
		return thread;
	}

}
