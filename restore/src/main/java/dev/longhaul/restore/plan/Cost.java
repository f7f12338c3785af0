package dev.longhaul.restore.plan;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

import dev.longhaul.core.volume.ByteSize;

/**
 * What a restore takes from the bucket. Each replica of a volume downloads all of its
 * blocks by itself.
 *
 * @param bytes to download at most: blocks before their compression, times replicas
 * @param gets of objects, one for each block and replica
 * @param usd at most, at Backblaze's list price
 * @param duration if nothing but the download takes time
 * @param megabits per second that the download is assumed to have
 */
public record Cost(ByteSize bytes, long gets, BigDecimal usd, Duration duration, int megabits) {

	/** Of calls like a get, each day. */
	private static final long FREE_GETS = 2500;

	private static final BigDecimal USD_PER_GET = new BigDecimal("0.0000004");

	/** Three times what is stored may be downloaded each month. */
	private static final int FREE_DOWNLOADS = 3;

	private static final long BYTES_PER_MEGABIT = 125_000;

	private static final BigDecimal USD_PER_BYTE = new BigDecimal("0.00000000001");

	/**
	 * At the prices that Backblaze published in 2026: $0.004 for 10,000 gets, of which
	 * 2,500 a day are free, and $0.01 for a GB beyond three times what is stored.
	 */
	static Cost of(List<PlannedVolume> volumes, int megabits) {
		long bytes = sum(volumes, volume -> volume.written().bytes(), PlannedVolume::downloads);
		long gets = sum(volumes, PlannedVolume::blocks, PlannedVolume::downloads);
		long beyond = sum(volumes, volume -> volume.written().bytes(),
				volume -> Math.max(0, volume.downloads() - FREE_DOWNLOADS));
		BigDecimal usd = USD_PER_GET.multiply(BigDecimal.valueOf(Math.max(0, gets - FREE_GETS)))
			.add(USD_PER_BYTE.multiply(BigDecimal.valueOf(beyond)))
			.setScale(2, RoundingMode.CEILING);
		return new Cost(new ByteSize(bytes), gets, usd, Duration.ofSeconds(bytes / (megabits * BYTES_PER_MEGABIT)),
				megabits);
	}

	/** What a bucket says of its sizes may be anything. */
	private static long sum(List<PlannedVolume> volumes, ToLongFunction<PlannedVolume> amount,
			ToIntFunction<PlannedVolume> times) {
		return volumes.stream()
			.map(volume -> BigInteger.valueOf(amount.applyAsLong(volume))
				.multiply(BigInteger.valueOf(times.applyAsInt(volume))))
			.reduce(BigInteger.ZERO, BigInteger::add)
			.min(BigInteger.valueOf(Long.MAX_VALUE))
			.longValueExact();
	}

}
