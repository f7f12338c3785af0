package dev.longhaul.scheduler.page.verification;

import java.time.Instant;
import java.util.List;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.page.picture.Sample;
import org.jspecify.annotations.Nullable;

/**
 * How much of a target was read back.
 *
 * @param read of what is stored, within 30 days
 * @param oldest when the part of it that was not read back for longest was; null if there
 * is one that never was
 * @param shares from 0 to 1, day by day
 */
public record Coverage(String target, ByteSize stored, ByteSize read, @Nullable Instant oldest, List<Sample> shares) {

	public Coverage {
		shares = List.copyOf(shares);
	}

	/** From 0 to 1; all of nothing is 0. */
	public double share() {
		return (stored.bytes() == 0) ? 0 : Math.min(1, (double) read.bytes() / (double) stored.bytes());
	}

}
