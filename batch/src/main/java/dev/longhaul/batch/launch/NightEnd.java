package dev.longhaul.batch.launch;

/**
 * How a start of a night, or of what follows it, ended.
 */
public enum NightEnd {

	/** Everything was done, and everything that was read back is proven. */
	PROVEN,

	/** It was proven by an earlier start, so nothing was done. */
	PROVEN_BEFORE,

	/** It was run to its end, and not everything is as it should be. */
	UNPROVEN,

	/** It was told to stop, and goes on from there when it is started again. */
	STOPPED

}
