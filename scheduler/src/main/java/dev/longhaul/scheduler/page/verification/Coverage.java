package dev.longhaul.scheduler.page.verification;

import dev.longhaul.core.volume.ByteSize;

/**
 * How much of a target was read back.
 *
 * @param scope what of it is known to lie there, for people
 * @param points restore points that are known to lie there
 * @param readPoints of these, those that were read back within 30 days
 * @param damaged of those read back, those in which something was wrong
 * @param stored bytes of all points, blocks they share counted each time
 * @param read bytes of those read back
 */
public record Coverage(String target, String scope, long points, long readPoints, long damaged, ByteSize stored,
		ByteSize read) {

	/** From 0 to 1; all of nothing is 0. */
	public double share() {
		return (stored.bytes() == 0) ? 0 : Math.min(1, (double) read.bytes() / (double) stored.bytes());
	}

}
