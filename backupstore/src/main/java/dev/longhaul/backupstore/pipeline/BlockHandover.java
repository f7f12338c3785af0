package dev.longhaul.backupstore.pipeline;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import dev.longhaul.backupstore.format.BlockFinding;

/**
 * What the threads of a pipeline share: where the next block comes from and where a block
 * goes. Once it has ended, none gets through either way, so the owner of both may clean
 * up without waiting for a thread that a silent store holds back.
 */
final class BlockHandover implements BlockSink {

	private final Iterator<WantedBlock> blocks;

	private final BlockSink sink;

	/** Held for reading by those who use the sink, for writing by who ends it. */
	private final ReadWriteLock use = new ReentrantReadWriteLock();

	private volatile boolean ended;

	BlockHandover(Iterator<WantedBlock> blocks, BlockSink sink) {
		this.blocks = blocks;
		this.sink = sink;
	}

	/** The next block to fetch; none if all are taken or the pipeline is to stop. */
	Optional<WantedBlock> next() {
		synchronized (blocks) {
			boolean stop = ended || Thread.currentThread().isInterrupted();
			return (!stop && blocks.hasNext()) ? Optional.of(blocks.next()) : Optional.empty();
		}
	}

	@Override
	public void read(WantedBlock block, long storedSize, BlockFinding finding) throws IOException {
		deliver(() -> sink.read(block, storedSize, finding));
	}

	@Override
	public void missing(WantedBlock block) throws IOException {
		deliver(() -> sink.missing(block));
	}

	private void deliver(Delivery delivery) throws IOException {
		use.readLock().lock();
		try {
			if (!ended) {
				delivery.run();
			}
		}
		finally {
			use.readLock().unlock();
		}
	}

	/** Waits for deliveries under way, and lets no further one begin. */
	void end() {
		use.writeLock().lock();
		try {
			synchronized (blocks) {
				ended = true;
			}
		}
		finally {
			use.writeLock().unlock();
		}
	}

	/** One call of the sink. */
	@FunctionalInterface
	private interface Delivery {

		void run() throws IOException;

	}

}
