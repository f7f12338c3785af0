package dev.longhaul.backupstore.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

import dev.longhaul.backupstore.verify.BlockIndex;
import dev.longhaul.backupstore.write.BackupstoreWriter;
import dev.longhaul.backupstore.write.LockPace;
import dev.longhaul.backupstore.write.VolumeLock;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.extra.ApprovedExtra;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;

/**
 * Removes from a mirror what an approved plan says, by Longhorn's rules and under its
 * lock. A run that is killed is gone on with by the next plan.
 */
public final class ExtraRemoval {

	private final Side source;

	private final Side destination;

	private final Settings settings;

	private final Clock clock;

	private final Pause pause;

	public ExtraRemoval(Side source, Side destination, Settings settings, Clock clock, Pause pause) {
		this.source = source;
		this.destination = destination;
		this.settings = settings;
		this.clock = clock;
		this.pause = pause;
	}

	/**
	 * How a removal works.
	 *
	 * @param others how long to wait for the end of a backup or a restore of a volume
	 * @param indexCapacity blocks held in memory at once
	 */
	public record Settings(Patience others, LockPace lockPace, int indexCapacity) {

		public static final Settings USUAL = new Settings(new Patience(Duration.ofSeconds(10), Duration.ofMinutes(5)),
				LockPace.LONGHORN, BlockIndex.USUAL_CAPACITY);

	}

	/**
	 * Removes, volume by volume.
	 * @param told of each volume when it is done
	 * @throws dev.longhaul.core.failure.LonghaulException if a side cannot be reached or
	 * refuses; what went until then is gone, and the next plan has the rest
	 */
	public List<RemovedExtra> run(ApprovedExtra approved, Consumer<RemovedExtra> told) {
		Map<VolumeName, Set<BackupName>> volumes = new TreeMap<>();
		approved.plan().unfinished().forEach(volume -> volumes.put(volume, Set.of()));
		approved.plan()
			.removals()
			.forEach(remove -> volumes.merge(remove.backup().volume(), Set.of(remove.backup().backup()),
					ExtraRemoval::union));
		List<RemovedExtra> removed = new ArrayList<>();
		volumes.forEach((volume, backups) -> {
			RemovedExtra done = remove(volume, backups);
			told.accept(done);
			removed.add(done);
		});
		return removed;
	}

	private RemovedExtra remove(VolumeName volume, Set<BackupName> backups) {
		BackupstoreWriter writer = new BackupstoreWriter(destination.store(), destination.layout(), settings.lockPace(),
				clock, pause);
		Optional<VolumeLock> lock = settings.others()
			.await(clock, pause, "the end of a backup or a restore of " + volume, () -> writer.tryDeletionLock(volume));
		if (lock.isEmpty()) {
			return RemovedExtra.nothing(volume, "it is being backed up, restored or mirrored there");
		}
		try (VolumeLock held = lock.get()) {
			return new VolumeRemoval(source, destination, volume, settings.indexCapacity(), pause, held)
				.remove(backups);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("looking at what was read does no input or output", ex);
		}
	}

	private static Set<BackupName> union(Set<BackupName> one, Set<BackupName> other) {
		Set<BackupName> both = new TreeSet<>(one);
		both.addAll(other);
		return both;
	}

}
