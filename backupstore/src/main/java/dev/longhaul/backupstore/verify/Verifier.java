package dev.longhaul.backupstore.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.inventory.Inventory;
import dev.longhaul.backupstore.inventory.VolumeConfigs;
import dev.longhaul.backupstore.inventory.VolumeFolder;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.pipeline.BlockPipeline;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.core.time.Pause;

/**
 * Reads backups back: every distinct block of the chosen backups is fetched once,
 * decompressed and compared with its checksum, and every backup is then judged on its own
 * blocks. Only reads, and needs no permission to write.
 */
public final class Verifier {

	private final Parts parts;

	private final Clock clock;

	public Verifier(ObjectStore store, BackupstoreLayout layout, Clock clock, Pause pause, Concurrency concurrency) {
		this(store, layout, clock, pause, concurrency, BlockIndex.USUAL_CAPACITY);
	}

	Verifier(ObjectStore store, BackupstoreLayout layout, Clock clock, Pause pause, Concurrency concurrency,
			int indexCapacity) {
		ObjectReader reader = new ObjectReader(store, pause);
		this.parts = new Parts(store, layout, reader, new VolumeConfigs(reader, layout),
				new BlockPipeline(store, layout, pause, concurrency), indexCapacity);
		this.clock = clock;
	}

	/**
	 * Reads back what is chosen. Damage is an answer, not a failure.
	 * @throws dev.longhaul.core.failure.LonghaulException if the target cannot be read,
	 * or something chosen by name is not there
	 */
	public VerificationReport verify(Selection selection, VerificationListener listener) {
		Instant start = clock.instant();
		List<VolumeReport> reports = new ArrayList<>();
		for (VolumeFolder folder : selection.choose(new Inventory(parts.store(), parts.layout()).volumes())) {
			reports.add(verify(folder, selection, start, listener));
		}
		return new VerificationReport(reports, Duration.between(start, clock.instant()));
	}

	private VolumeReport verify(VolumeFolder folder, Selection selection, Instant now, VerificationListener listener) {
		try {
			return new VolumeVerification(parts, folder, selection, now, listener).run();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("recording what was read does no input or output", ex);
		}
	}

	/** What every volume's verification shares. */
	record Parts(ObjectStore store, BackupstoreLayout layout, ObjectReader reader, VolumeConfigs configs,
			BlockPipeline pipeline, int indexCapacity) {
	}

}
