package dev.longhaul.scheduler.ledger;

import java.math.BigDecimal;
import java.util.List;

import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * Sums of sizes that came out of a bucket, where nobody keeps them from overflowing.
 */
public final class Sizes {

	private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

	private Sizes() {
	}

	static ByteSize of(List<VolumeBackup> backups) {
		return new ByteSize(backups.stream().mapToLong(backup -> backup.size().bytes()).reduce(0, Sizes::sum));
	}

	/** Of two counts, neither of them negative. */
	public static long sum(long one, long other) {
		long sum = one + other;
		return (sum < 0) ? Long.MAX_VALUE : sum;
	}

	/**
	 * @param sum as a database gives it; null of nothing
	 */
	static ByteSize clamped(@Nullable BigDecimal sum) {
		return (sum != null) ? new ByteSize(sum.min(MOST).longValue()) : ByteSize.ZERO;
	}

}
