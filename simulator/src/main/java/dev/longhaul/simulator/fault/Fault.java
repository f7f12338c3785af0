package dev.longhaul.simulator.fault;

import java.time.Duration;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.Robustness;
import dev.longhaul.core.volume.VolumeName;

/**
 * Something that goes wrong in Longhorn. What goes wrong in the bucket for everybody is
 * the bucket's own matter.
 */
public sealed interface Fault {

	/** Whether it goes on until it is ended, instead of happening once. */
	default boolean isLasting() {
		return false;
	}

	/**
	 * Longhorn cannot reach a target, from now until this is ended.
	 */
	record TargetUnavailable(String target) implements Fault {

		@Override
		public boolean isLasting() {
			return true;
		}

	}

	/**
	 * Something happens to the next upload of a volume that gets so far.
	 *
	 * @param afterBlocks how many blocks it has brought into the target then, at least
	 * one
	 */
	record UploadBreaks(VolumeName volume, int afterBlocks, How how) implements Fault {

		public UploadBreaks {
			if (afterBlocks < 1) {
				throw new IllegalArgumentException("an upload breaks after a block, not after " + afterBlocks);
			}
		}

	}

	/** How an upload ends before its time. */
	enum How {

		/** The engine dies; lock, placeholder and blocks stay where they are. */
		ENGINE_CRASHES,

		/** The upload dies and the engine goes on reporting it as running. */
		STOPS_SILENTLY,

		/** The manager cannot ask the engine how far it is, and takes it for lost. */
		CANNOT_BE_POLLED,

		/**
		 * The target does not answer the engine any more, for the rest of this upload.
		 */
		TARGET_IS_LOST

	}

	/**
	 * The target does not answer when the next backup of a volume is deleted.
	 */
	record DeletionBreaks(VolumeName volume) implements Fault {
	}

	/**
	 * The next backup of a volume is reported complete and its manifest follows later.
	 */
	record ManifestLate(VolumeName volume, Duration by) implements Fault {
	}

	/**
	 * The next backup of a volume is reported complete and its manifest never comes.
	 */
	record ManifestMissing(VolumeName volume) implements Fault {
	}

	/**
	 * Uploads of a volume go no faster, from now until this is ended.
	 *
	 * @param perSecond stored bytes
	 */
	record SlowUpload(VolumeName volume, ByteSize perSecond) implements Fault {

		@Override
		public boolean isLasting() {
			return true;
		}

	}

	/** The engine loses a snapshot right after it is ready. */
	record SnapshotLost(VolumeName volume) implements Fault {
	}

	/**
	 * Blocks of the next backup of a volume are damaged in the target when it is done.
	 *
	 * @param block the number in the order of the volume of the block that is hit
	 */
	record BlockDamaged(VolumeName volume, int block, Damage damage) implements Fault {
	}

	/** What happens to a stored block. */
	enum Damage {

		/** One byte in the middle is another. */
		CORRUPT,

		/** The second half is missing. */
		TRUNCATED,

		/** There is no such object. */
		MISSING

	}

	/**
	 * The volume's replicas are in this state, from now until this is ended.
	 *
	 * @param robustness degraded or faulted
	 */
	record ReplicasFail(VolumeName volume, Robustness robustness) implements Fault {

		@Override
		public boolean isLasting() {
			return true;
		}

	}

	/** Nobody can attach the volume for its workload, from now until this is ended. */
	record StaysDetached(VolumeName volume) implements Fault {

		@Override
		public boolean isLasting() {
			return true;
		}

	}

	/**
	 * Two managers find a volume in the target at once, and each makes a BackupVolume.
	 */
	record DuplicateBackupVolume(VolumeName volume) implements Fault {
	}

	/**
	 * A node is lost with everything on it, from now until this is ended. Volumes that
	 * are attached there stay as they are, and nothing more comes of them.
	 */
	record NodeLost(String node) implements Fault {

		@Override
		public boolean isLasting() {
			return true;
		}

	}

	/** The node of a volume is lost as soon as it is restored there the next time. */
	record NodeLostInRestore(VolumeName volume) implements Fault {
	}

	/**
	 * Replicas give up while the volume is restored the next time.
	 *
	 * @param replicas how many; all there are leave the volume faulted
	 */
	record RestoreFails(VolumeName volume, int replicas) implements Fault {
	}

}
