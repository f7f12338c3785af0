package dev.longhaul.batch.launch;

/**
 * How a start of a night ended.
 */
public enum NightEnd {

	/** Everything was backed up, read back and proven. */
	PROVEN,

	/** It was proven by an earlier start, so nothing was done. */
	PROVEN_BEFORE,

	/** It was run to its end and judged, and not everything is proven. */
	UNPROVEN,

	/** It was told to stop, and goes on from there when it is started again. */
	STOPPED

}
