package dev.longhaul.scheduler.page.overview;

import java.util.List;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.page.picture.Sample;
import org.jspecify.annotations.Nullable;

/**
 * A backup target at one glance.
 *
 * @param stored the newest restore points of all applications together; null if nothing
 * is known of it
 * @param sizes the same, of the last 30 days, in bytes
 * @param monthlyCost as people say it, {@code about $2.47}; null if its price is not
 * known
 * @param readBack share of the bytes of all restore points that were read back within 30
 * days, from 0 to 1
 */
public record BucketFigures(String name, @Nullable ByteSize stored, List<Sample> sizes, @Nullable String monthlyCost,
		double readBack) {

	public BucketFigures {
		sizes = List.copyOf(sizes);
		if (!(readBack >= 0 && readBack <= 1)) {
			throw new IllegalArgumentException("%s is no share of a whole".formatted(readBack));
		}
	}

	/** {@code +1.2 GiB in 30 days}; {@code –} where there is nothing to compare with. */
	public String growth() {
		if (sizes.size() < 2) {
			return "–";
		}
		long growth = (long) (sizes.get(sizes.size() - 1).value() - sizes.get(0).value());
		return "%s%s in 30 days".formatted((growth < 0) ? "−" : "+", new ByteSize(Math.abs(growth)));
	}

}
