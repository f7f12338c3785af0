package dev.longhaul.backupstore.repair;

import java.util.List;

/**
 * What became of the blocks of one backup.
 *
 * @param blocks distinct ones that it needs
 * @param read whether each of them was read, and not only looked for
 * @param putBack those that were missing and are there again
 * @param lost those that still are not as they should be; at most {@link #MAX_LOST}
 * @param lostInAll how many there are
 */
public record BlockReport(long blocks, boolean read, long putBack, List<UnreadableBlock> lost, long lostInAll) {

	/** A volume that lost all its blocks has millions of them. */
	public static final int MAX_LOST = 1000;

	public BlockReport {
		lost = List.copyOf(lost);
	}

	/** Whether everything is there, as far as was looked. */
	public boolean isWhole() {
		return lostInAll == 0;
	}

}
