package dev.longhaul.restore.bucket;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.mirror.Side;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.backupstore.repair.BlockRepair;
import dev.longhaul.backupstore.repair.BlockReport;
import dev.longhaul.backupstore.write.BackupstoreWriter;
import dev.longhaul.backupstore.write.LockPace;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.restore.plan.PlannedVolume;
import org.jspecify.annotations.Nullable;

/**
 * A bucket that there is a key to.
 */
public final class ReachedBucket implements SourceBucket {

	/** What Longhorn deletes takes minutes, because it lists all blocks of the volume. */
	private static final Patience DELETIONS = new Patience(Duration.ofSeconds(10), Duration.ofMinutes(5));

	private final Side side;

	private final BlockRepair blocks;

	private final boolean mended;

	private final OlderPoints older;

	private final LockPace pace;

	private final Clock clock;

	private final Pause pause;

	/**
	 * @param mirror null if there is none
	 * @param seal decides which records of nights are believed
	 * @param named how {@code longhaul restore plan} is told of the bucket, for advice
	 * @param pace of locks
	 */
	public ReachedBucket(Side side, @Nullable Side mirror, Seal seal, String named, LockPace pace, Clock clock,
			Pause pause) {
		this.side = side;
		this.mended = mirror != null;
		this.blocks = new BlockRepair(side.store(), side.layout(), mirror, pause, Concurrency.DEFAULT);
		this.older = new OlderPoints(side, seal, blocks, named, pause);
		this.pace = pace;
		this.clock = clock;
		this.pause = pause;
	}

	@Override
	public Hold hold(Collection<VolumeName> volumes, Consumer<String> notes) {
		return HeldVolumes.begin(new BackupstoreWriter(side.store(), side.layout(), pace, clock, pause), volumes,
				DELETIONS, clock, pause, notes);
	}

	@Override
	public Optional<BlockReport> repair(PlannedVolume volume, boolean readAll) {
		return Optional.of(blocks.repair(volume.source(), volume.backup(), readAll));
	}

	@Override
	public Advice older(PlannedVolume volume, Set<Checksum> lost) {
		String text = older.than(volume, lost).text();
		return new Advice(mended ? text : text + "; what is missing, and not damaged, is put back from a --mirror");
	}

}
