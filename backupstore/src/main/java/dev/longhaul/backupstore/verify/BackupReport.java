package dev.longhaul.backupstore.verify;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one backup after it was read back.
 *
 * @param createdAt when it was finished; null if it was not, or cannot be read
 * @param size what its manifest states: blocks times block size
 * @param blocks entries in its list of blocks
 * @param blocksRead those of them whose block was there to be read
 * @param bytesRead stored bytes of its distinct blocks that were read; a block that
 * several backups share counts for each of them
 * @param problems at most {@link #MAX_PROBLEMS}
 * @param problemsLeftOut how many more there are
 */
public record BackupReport(BackupName name, State state, @Nullable Instant createdAt, ByteSize size, long blocks,
		long blocksRead, ByteSize bytesRead, List<Problem> problems, long problemsLeftOut) {

	/** Those that were never finished or cannot be read come last. */
	public static final Comparator<BackupReport> OLDEST_FIRST = Comparator
		.comparing(BackupReport::createdAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
		.thenComparing(BackupReport::name);

	/** A volume that lost all its blocks has millions of the same problem. */
	public static final int MAX_PROBLEMS = 1000;

	public BackupReport {
		problems = List.copyOf(problems);
	}

	/** The judgement on a backup. */
	public enum State {

		/** Every block was read and is what the manifest says. */
		PROVEN,

		/** It cannot be restored as it was. */
		DAMAGED,

		/** It is not finished, so there is nothing to prove. */
		IN_PROGRESS,

		/** Its manifest cannot be read. */
		UNREADABLE;

		/** {@code in-progress}. */
		public String word() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
