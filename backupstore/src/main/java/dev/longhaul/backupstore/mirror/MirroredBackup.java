package dev.longhaul.backupstore.mirror;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import dev.longhaul.backupstore.verify.BackupReport;
import dev.longhaul.backupstore.verify.Problem;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * What became of one backup of the source.
 *
 * @param createdAt when it was finished; null if it was not, or cannot be read
 * @param size what its manifest states
 * @param problems at most {@link BackupReport#MAX_PROBLEMS}
 * @param problemsLeftOut how many more there are
 */
public record MirroredBackup(BackupName name, State state, @Nullable Instant createdAt, ByteSize size,
		List<Problem> problems, long problemsLeftOut) {

	public MirroredBackup {
		problems = List.copyOf(problems);
	}

	static MirroredBackup of(BackupReport report, State state) {
		return new MirroredBackup(report.name(), state, report.createdAt(), report.size(), report.problems(),
				report.problemsLeftOut());
	}

	/** What can become of a backup. */
	public enum State {

		/** Every block it needs is in the destination, and so is its manifest. */
		COPIED,

		/** It was there already, and so were its blocks. */
		HELD,

		/** It would be copied, if this were not only a plan. */
		PLANNED,

		/**
		 * The source cannot restore it as it was, so the destination is given no manifest
		 * of it. One that was copied before stays.
		 */
		DAMAGED,

		/** Its manifest cannot be read, so nothing is known of its blocks. */
		UNREADABLE,

		/** It is not finished, so there is nothing to copy yet. */
		IN_PROGRESS,

		/** It was not as expected when its turn came; the next run tries again. */
		DEFERRED;

		/** {@code in-progress}. */
		public String word() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
