package dev.longhaul.restore.bucket;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.repair.BlockReport;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.restore.plan.PlannedVolume;

/**
 * The bucket that a plan restores from, as far as a run can reach it itself. Longhorn
 * reads it either way.
 */
public interface SourceBucket {

	/** Only Longhorn has a key to it, or a way. */
	SourceBucket OUT_OF_REACH = new SourceBucket() {

		@Override
		public Hold hold(Collection<VolumeName> volumes, Consumer<String> notes) {
			return new Hold() {

				@Override
				public void await() {
					// There is nothing to wait for.
				}

				@Override
				public void close() {
					// There is nothing to end.
				}

			};
		}

		@Override
		public Optional<BlockReport> repair(PlannedVolume volume, boolean readAll) {
			return Optional.empty();
		}

		@Override
		public Advice older(PlannedVolume volume, Set<Checksum> lost) {
			return new Advice("");
		}

	};

	/**
	 * Begins to keep deletions away from the backups of some volumes. What cannot be held
	 * is told, and restored all the same: while Longhorn restores a volume, it keeps
	 * deletions away by itself.
	 * @param volumes as the bucket names them
	 * @param notes takes facts for people
	 */
	Hold hold(Collection<VolumeName> volumes, Consumer<String> notes);

	/**
	 * Looks for the blocks of a volume's backup, and puts those back that a mirror has.
	 * @param readAll whether those that are there are read, too
	 * @return empty if nobody can look
	 * @throws dev.longhaul.core.failure.DamagedData if the backup itself cannot be read
	 */
	Optional<BlockReport> repair(PlannedVolume volume, boolean readAll);

	/**
	 * What can be restored instead of a backup that lost blocks.
	 * @param lost that nothing which is restored instead may need
	 */
	Advice older(PlannedVolume volume, Set<Checksum> lost);

	/** What keeps deletions away. */
	interface Hold extends AutoCloseable {

		/** Returns when nothing is deleted any more, or that cannot be helped. */
		void await();

		/** From now on deletions may begin. */
		@Override
		void close();

	}

	/**
	 * @param text for people, with the command to type; empty if there is none
	 */
	record Advice(String text) {
	}

}
