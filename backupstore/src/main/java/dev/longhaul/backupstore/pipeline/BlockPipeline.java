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

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.BlockDecoder;
import dev.longhaul.backupstore.format.BlockFinding;
import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.ObjectTooLargeException;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.thread.Workers;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * Fetches blocks, decompresses them, compares their checksums and hands them on. At any
 * time it holds one block per thread, and asks for the next only when a thread is free.
 */
public final class BlockPipeline {

	private static final BlockTransfer NOWHERE = (block, stored) -> {
	};

	private final ObjectReader reader;

	private final BackupstoreLayout layout;

	private final Concurrency concurrency;

	public BlockPipeline(ObjectStore store, BackupstoreLayout layout, Pause pause, Concurrency concurrency) {
		this.reader = new ObjectReader(store, pause);
		this.layout = layout;
		this.concurrency = concurrency;
	}

	/**
	 * Runs until every block was handed to the sink. When it returns or throws, nothing
	 * uses the sink or the blocks any more, even if a store that has gone silent still
	 * keeps a thread waiting: that one ends by itself, and what it brings is dropped.
	 * @param blocks asked for the next one by one thread at a time
	 * @throws IOException what the sink threw; no further block is fetched after it
	 * @throws dev.longhaul.core.failure.LonghaulException if the store could not be read,
	 * which says nothing about the blocks not handed on yet
	 * @throws Interruption if the calling thread is told to stop
	 */
	public void run(VolumeName volume, BlockSize blockSize, Iterator<WantedBlock> blocks, BlockSink sink)
			throws IOException {
		run(volume, blockSize, blocks, NOWHERE, sink);
	}

	/**
	 * Runs as {@link #run(VolumeName, BlockSize, Iterator, BlockSink) without a
	 * transfer}, and takes every intact block on before it hands it over.
	 */
	public void run(VolumeName volume, BlockSize blockSize, Iterator<WantedBlock> blocks, BlockTransfer transfer,
			BlockSink sink) throws IOException {
		int threads = concurrency.within(Runtime.getRuntime().maxMemory(), blockSize);
		ExecutorService workers = Executors.newFixedThreadPool(threads, Workers.named("block-reader"));
		BlockHandover handover = new BlockHandover(blocks, sink);
		try {
			CompletionService<Void> running = new ExecutorCompletionService<>(workers);
			List<Future<Void>> futures = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				futures.add(running.submit(() -> work(volume, blockSize, handover, transfer)));
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
			workers.shutdownNow();
			handover.end();
		}
	}

	private @Nullable Void work(VolumeName volume, BlockSize blockSize, BlockHandover handover, BlockTransfer transfer)
			throws IOException {
		BlockDecoder decoder = new BlockDecoder(blockSize);
		Optional<WantedBlock> next = handover.next();
		while (next.isPresent()) {
			fetch(volume, decoder, next.get(), handover, transfer);
			next = handover.next();
		}
		return null;
	}

	private void fetch(VolumeName volume, BlockDecoder decoder, WantedBlock block, BlockHandover handover,
			BlockTransfer transfer) throws IOException {
		String key = layout.block(volume, block.checksum());
		try {
			Optional<byte[]> stored = reader.readFully(key, decoder.maxStoredSize());
			if (stored.isEmpty()) {
				handover.missing(block);
				return;
			}
			BlockFinding finding = decoder.decode(stored.get(), block.declared(), block.checksum());
			if (finding instanceof BlockFinding.Intact) {
				transfer.take(block, stored.get());
			}
			handover.read(block, stored.get().length, finding);
		}
		catch (ObjectTooLargeException ex) {
			handover.read(block, 0, new BlockFinding.Undecodable("is not a block: " + ex.getMessage()));
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

}
