package dev.longhaul.simulator.longhorn;

import java.time.Clock;

import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.engine.Engines;
import dev.longhaul.simulator.fault.Faults;

/**
 * What all controllers share.
 */
record LonghornParts(LonghornObjects objects, Engines engines, TargetStores targets, SimulatedTiming timing,
		Clock clock, Faults faults, LonghornRelease release) {

	String now() {
		return Times.now(clock);
	}

	LonghornSettings settings() {
		return new LonghornSettings(objects);
	}

}
