package dev.longhaul.simulator.demo;

import java.util.List;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.simulator.VolumePlan;

/**
 * An application of the demo.
 */
record DemoApplication(ApplicationName name, List<VolumePlan> volumes) {

	DemoApplication {
		volumes = List.copyOf(volumes);
	}

}
