package dev.longhaul.backupstore.pipeline;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.BlockFinding;
import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.memory.InMemoryObjectStore;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.backupstore.testing.ForwardingObjectStore;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BlockPipelineTest {

	private static final long PATIENCE_SECONDS = 20;

	private static final VolumeName VOLUME = new VolumeName("db");

	private final BackupstoreLayout layout = new BackupstoreLayout("");

	private final ObjectStore store = new InMemoryObjectStore(Clock.systemUTC());

	@Test
	void endsWithoutWaitingForAStoreThatHasGoneSilent() throws Exception {
		SilentStore silent = new SilentStore(store);
		AtomicReference<Throwable> end = new AtomicReference<>();
		AtomicReference<WantedBlock> delivered = new AtomicReference<>();
		Thread caller = new Thread(() -> run(silent, delivered, end));
		caller.start();
		assertThat(silent.asked.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

		caller.interrupt();
		caller.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));

		assertThat(end.get()).isInstanceOf(Interruption.class).hasMessageContaining("reading blocks of db");
		Thread reader = silent.reader.get();
		silent.answer.countDown();
		reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
		assertThat(reader.isAlive()).isFalse();
		assertThat(delivered.get()).as("what came after the end").isNull();
	}

	private void run(ObjectStore silent, AtomicReference<WantedBlock> delivered, AtomicReference<Throwable> end) {
		WantedBlock block = new WantedBlock(0, Checksum.of(new byte[] { 1 }, 1), Set.of(CompressionMethod.LZ4));
		BlockSink sink = new BlockSink() {

			@Override
			public void read(WantedBlock read, long storedSize, BlockFinding finding) {
				delivered.set(read);
			}

			@Override
			public void missing(WantedBlock missing) {
				delivered.set(missing);
			}

		};
		try {
			new BlockPipeline(silent, layout, Pause.real(), new Concurrency(2)).run(VOLUME, BlockSize.MIB_2,
					List.of(block).iterator(), sink);
		}
		catch (Exception ex) {
			end.set(ex);
		}
	}

	/** Does not answer, and does not notice that it is no longer waited for. */
	private static final class SilentStore extends ForwardingObjectStore {

		private final CountDownLatch asked = new CountDownLatch(1);

		private final CountDownLatch answer = new CountDownLatch(1);

		private final AtomicReference<Thread> reader = new AtomicReference<>();

		SilentStore(ObjectStore delegate) {
			super(delegate);
		}

		@Override
		public Optional<StoredObject> open(String key) {
			reader.set(Thread.currentThread());
			asked.countDown();
			while (answer.getCount() > 0) {
				try {
					answer.await();
				}
				catch (InterruptedException ex) {
					// A read from a socket does not notice either.
				}
			}
			return super.open(key);
		}

	}

}
